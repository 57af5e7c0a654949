/**
 * The first command of the README: cluster, simulator and operator in one process, and what happens
 * shown live.
 */
@NullMarked
package dev.lambdarollouts.demo;

import org.jspecify.annotations.NullMarked;
