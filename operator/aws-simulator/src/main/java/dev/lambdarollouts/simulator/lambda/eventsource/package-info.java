/**
 * Event source mappings: what is kept of them, their states in simulated time and their operations.
 * Sources themselves (queues, streams) are other services; nothing is polled here.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.eventsource;

import org.jspecify.annotations.NullMarked;
