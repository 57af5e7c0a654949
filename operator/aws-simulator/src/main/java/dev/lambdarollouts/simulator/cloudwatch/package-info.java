/** Amazon CloudWatch: metrics, alarms and their history, evaluated in simulated time. */
@NullMarked
package dev.lambdarollouts.simulator.cloudwatch;

import org.jspecify.annotations.NullMarked;
