/**
 * The API of {@code lambdarollouts.dev}: Java records and the CRD YAML generated from them. Only
 * what a user writes or reads stands here; no behaviour.
 */
@NullMarked
package dev.lambdarollouts.crds;

import org.jspecify.annotations.NullMarked;
