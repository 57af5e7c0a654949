/**
 * What was seen: the facts of one moment about one stage, gathered by others and only read here. No
 * fact is ever guessed: what could not be read is a value that says so.
 */
@NullMarked
package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.NullMarked;
