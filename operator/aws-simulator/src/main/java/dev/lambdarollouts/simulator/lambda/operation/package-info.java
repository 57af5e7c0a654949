/**
 * Operations on functions, one class for a few that belong together: each checks its input, changes
 * or reads the model and words the reply. They run alone, under the timeline's lock.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.operation;

import org.jspecify.annotations.NullMarked;
