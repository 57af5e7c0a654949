/** The sample function that the demo releases. */
@NullMarked
package dev.lambdarollouts.functions.hello;

import org.jspecify.annotations.NullMarked;
