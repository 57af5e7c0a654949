/**
 * The sample function that the demo releases. Each release is a source tree of its own beside this
 * one ({@code src/1.0.0/java} and so on) with the same class names, as the releases of a function
 * have; only this page is common to them. The JDK and aws-lambda-java-core may enter, nothing else.
 */
@NullMarked
package dev.lambdarollouts.functions.hello;

import org.jspecify.annotations.NullMarked;
