/** The expressions of metric math: how they are read, and what their functions give. */
@NullMarked
package dev.lambdarollouts.simulator.cloudwatch.math;

import org.jspecify.annotations.NullMarked;
