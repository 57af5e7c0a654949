package dev.lambdarollouts.simulator.service;

import dev.lambdarollouts.simulator.identity.Principal;
import java.time.Instant;

/**
 * Who calls, where and when.
 *
 * @param at simulated time
 * @param host the endpoint as the client addressed it, {@code host:port}
 */
public record CallContext(
    Principal caller, String region, Instant at, String requestId, String host) {

  public String account() {
    return caller.account();
  }

  public Location location() {
    return new Location(caller.account(), region);
  }
}
