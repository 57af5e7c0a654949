/**
 * What is measured of the rollouts: the port that the loop reports to, and Micrometer behind it.
 */
@NullMarked
package dev.lambdarollouts.controllers.metrics;

import org.jspecify.annotations.NullMarked;
