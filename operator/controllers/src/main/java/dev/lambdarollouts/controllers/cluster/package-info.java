/**
 * The cluster as the loop needs it: what is read, what is written, what is told. Interfaces and
 * plain values; the {@code kubernetes} package and the tests' model of a cluster implement them.
 */
@NullMarked
package dev.lambdarollouts.controllers.cluster;

import org.jspecify.annotations.NullMarked;
