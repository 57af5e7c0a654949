/** The composition root: main, configuration, HTTP, leader election, wiring. */
@NullMarked
package dev.lambdarollouts.app;

import org.jspecify.annotations.NullMarked;
