package dev.lambdarollouts.simulator.identity;

import java.time.Instant;
import java.util.Map;

/**
 * Temporary credentials and who they make their bearer.
 *
 * @param expiration simulated time from which they are refused
 * @param tags session tags
 */
public record Session(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    Instant expiration,
    Principal principal,
    Map<String, String> tags) {

  @Override
  public String toString() {
    return "Session[" + accessKeyId + ", " + principal.arn() + ", until " + expiration + "]";
  }
}
