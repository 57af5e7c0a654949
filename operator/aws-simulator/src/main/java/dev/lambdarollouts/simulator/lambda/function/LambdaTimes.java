package dev.lambdarollouts.simulator.lambda.function;

import java.time.Duration;

/**
 * How long Lambda takes, in simulated time. AWS publishes no figures; the defaults are of the order
 * that users see.
 *
 * @param creation from CreateFunction, or a publishing update, until the state is Active
 * @param update from an update until LastUpdateStatus is Successful
 * @param aliasPropagation from UpdateAlias until invocations follow it
 * @param provisioning from PutProvisionedConcurrencyConfig until its status is READY
 * @param provisionedMove from moving an alias with provisioned concurrency to another version until
 *     that version's environments are allocated; recorded once as 6 to 8 minutes
 * @param eventSource for each change of an event source mapping's state
 */
public record LambdaTimes(
    Duration creation,
    Duration update,
    Duration aliasPropagation,
    Duration provisioning,
    Duration provisionedMove,
    Duration eventSource) {
  public static final LambdaTimes DEFAULT =
      new LambdaTimes(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(7),
          Duration.ofSeconds(5));

  /** The defaults with another time for aliases. */
  public LambdaTimes withAliasPropagation(Duration newAliasPropagation) {
    return new LambdaTimes(
        creation, update, newAliasPropagation, provisioning, provisionedMove, eventSource);
  }
}
