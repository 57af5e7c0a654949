/**
 * The simulator's own API and page under {@code /_simulator}: faults, calls, time, loads and what
 * is there. It is no AWS service: signed requests never come here. It asks the services only for
 * what they show.
 */
@NullMarked
package dev.lambdarollouts.simulator.control;

import org.jspecify.annotations.NullMarked;
