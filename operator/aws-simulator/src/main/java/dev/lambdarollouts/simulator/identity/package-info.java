/**
 * Who calls: accounts, access keys, sessions that expire in simulated time. Nothing here knows a
 * protocol or a service.
 */
@NullMarked
package dev.lambdarollouts.simulator.identity;

import org.jspecify.annotations.NullMarked;
