/**
 * One pass over a rollout: observe, decide, record, act. Plain classes over the ports of {@code
 * cluster} and of the engine; what runs them (JOSDK, a test) only says when, and keeps to one pass
 * of a rollout at a time.
 */
@NullMarked
package dev.lambdarollouts.controllers.loop;

import org.jspecify.annotations.NullMarked;
