/**
 * The API of {@code lambdarollouts.dev}: Java records and the CRD YAML generated from them. Only
 * what a user writes or reads stands here; no behaviour.
 *
 * <p>A package per kind, {@code common} for what they share. A component that is absent in JSON is
 * {@code null} in a spec; in a status a list is never null. The YAML in {@code crds/manifests} is
 * generated from these records: what a component's annotations say is what the API server checks.
 */
@NullMarked
package dev.lambdarollouts.crds;

import org.jspecify.annotations.NullMarked;
