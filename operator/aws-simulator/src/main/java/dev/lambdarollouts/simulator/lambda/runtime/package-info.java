/**
 * What runs a function's code: Java classes of a zip in class loaders of their own, and scripted
 * answers for everything else. Knows nothing of Lambda's API or of AWS' state.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.runtime;

import org.jspecify.annotations.NullMarked;
