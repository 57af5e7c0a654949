/**
 * The chart as it ships, in the hands of the real helm and on the real API server: what it renders,
 * what it refuses, what rights it gives. The operator at work under those rights is the acceptance
 * story's matter.
 */
@NullMarked
package dev.lambdarollouts.acceptance.chart;

import org.jspecify.annotations.NullMarked;
