/**
 * The committed CRDs on a real API server: what it accepts, what it refuses, and with which words.
 */
@NullMarked
package dev.lambdarollouts.crds.server;

import org.jspecify.annotations.NullMarked;
