/**
 * The simulator's time: one source of now, and work that is due at an instant and runs as if at
 * that instant, in order, however far the source jumped.
 */
@NullMarked
package dev.lambdarollouts.simulator.time;

import org.jspecify.annotations.NullMarked;
