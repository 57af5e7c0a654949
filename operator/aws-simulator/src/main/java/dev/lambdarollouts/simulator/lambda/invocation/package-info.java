/**
 * Invocations: who takes one, what came of it, its metrics and its log. Running the code itself is
 * the work of the runtime packages.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.invocation;

import org.jspecify.annotations.NullMarked;
