/**
 * What the kinds share: references, conditions, the annotations that the generator reads, and
 * {@link dev.lambdarollouts.crds.common.Parsed}, which keeps an object that cannot be read from
 * stopping anything. No kind's own fields.
 */
@NullMarked
package dev.lambdarollouts.crds.common;

import org.jspecify.annotations.NullMarked;
