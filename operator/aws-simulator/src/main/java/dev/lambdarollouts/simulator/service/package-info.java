/**
 * What a service is to the door it is reached through: it routes a request to an operation, and the
 * operation runs in a context. No service and no HTTP server lives here.
 */
@NullMarked
package dev.lambdarollouts.simulator.service;

import org.jspecify.annotations.NullMarked;
