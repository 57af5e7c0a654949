/**
 * The endpoint: HTTP in and out, the service that a request is for, the faults that were asked for,
 * the quotas, and the record of all calls. Knows services only by their interface.
 */
@NullMarked
package dev.lambdarollouts.simulator.door;

import org.jspecify.annotations.NullMarked;
