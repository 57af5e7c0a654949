package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.service.AwsService;
import java.time.Instant;

/**
 * A call that is about to be served: what fault predicates judge.
 *
 * @param service as in a credential scope: {@code lambda}, {@code monitoring}, {@code sts}, {@code
 *     s3}
 * @param operation such as {@code UpdateAlias}
 * @param resource what the request names: {@code hello:live} for an alias, an alarm, a role's ARN
 * @param at simulated time
 * @param asked the service itself: what the call counts against, and how it is refused
 */
public record Attempt(
    String service,
    String operation,
    String account,
    String region,
    String resource,
    Instant at,
    AwsService asked) {

  public boolean is(String expectedService, String expectedOperation) {
    return service.equals(expectedService) && operation.equals(expectedOperation);
  }

  /** Whether the operation changes something. */
  public boolean mutates() {
    return asked.mutates(operation);
  }
}
