/** Runs the releases as their zips hold them, and reads the manifests as a user applies them. */
@NullMarked
package dev.lambdarollouts.functions.hello;

import org.jspecify.annotations.NullMarked;
