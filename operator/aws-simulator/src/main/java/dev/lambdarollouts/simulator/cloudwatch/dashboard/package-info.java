/** CloudWatch dashboards: kept as they are put, when their body is one that CloudWatch takes. */
@NullMarked
package dev.lambdarollouts.simulator.cloudwatch.dashboard;

import org.jspecify.annotations.NullMarked;
