/**
 * What is remembered of a stage between two reconciles, field for field what stands in the status.
 * Only what cannot be seen in AWS afterwards belongs here.
 */
@NullMarked
package dev.lambdarollouts.engine.progress;

import org.jspecify.annotations.NullMarked;
