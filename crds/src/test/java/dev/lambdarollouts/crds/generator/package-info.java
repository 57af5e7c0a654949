/**
 * Makes the CRD YAML in {@code crds/manifests} from the records. On the test class path only: what
 * ships does not know the generator. The library writes the schema; what it cannot do stands in
 * {@link dev.lambdarollouts.crds.generator.SchemaFinish}.
 */
@NullMarked
package dev.lambdarollouts.crds.generator;

import org.jspecify.annotations.NullMarked;
