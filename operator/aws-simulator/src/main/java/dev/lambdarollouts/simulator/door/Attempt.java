package dev.lambdarollouts.simulator.door;

import java.time.Instant;

/**
 * A call that is about to be served: what fault predicates judge.
 *
 * @param service as in a credential scope: {@code lambda}, {@code monitoring}, {@code sts}, {@code
 *     s3}
 * @param operation such as {@code UpdateAlias}
 * @param resource what the request names: {@code hello:live} for an alias, an alarm, a role's ARN
 * @param at simulated time
 */
public record Attempt(
    String service, String operation, String account, String region, String resource, Instant at) {

  public boolean is(String expectedService, String expectedOperation) {
    return service.equals(expectedService) && operation.equals(expectedOperation);
  }

  /** Whether the operation changes something, by its name. */
  public boolean mutates() {
    return !operation.startsWith("Get")
        && !operation.startsWith("List")
        && !operation.startsWith("Describe")
        && !operation.startsWith("Head")
        && !operation.startsWith("Filter")
        && !operation.equals("Invoke")
        && !operation.equals("AssumeRole");
  }
}
