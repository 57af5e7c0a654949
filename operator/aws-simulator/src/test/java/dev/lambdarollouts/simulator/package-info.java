/** The simulator, as clients of several makes see it. */
@NullMarked
package dev.lambdarollouts.simulator;

import org.jspecify.annotations.NullMarked;
