/**
 * What an attempt set out to do: the strategy as the user wrote it, and the normalised {@link
 * dev.lambdarollouts.engine.plan.Plan} that it becomes. Whatever a strategy means is said here,
 * once.
 */
@NullMarked
package dev.lambdarollouts.engine.plan;

import org.jspecify.annotations.NullMarked;
