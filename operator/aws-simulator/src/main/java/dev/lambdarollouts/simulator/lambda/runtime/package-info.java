/**
 * What runs a function's code: Java classes of a zip in class loaders of their own, Node.js and
 * Python in child processes, and scripted answers in place of code. Knows nothing of Lambda's API
 * or of AWS' state.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.runtime;

import org.jspecify.annotations.NullMarked;
