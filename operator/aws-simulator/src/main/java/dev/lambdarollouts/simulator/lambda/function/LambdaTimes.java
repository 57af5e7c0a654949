package dev.lambdarollouts.simulator.lambda.function;

import java.time.Duration;

/**
 * How long Lambda takes, in simulated time. AWS publishes no figures; the defaults are of the order
 * that users see.
 *
 * @param creation from CreateFunction, or a publishing update, until the state is Active
 * @param update from an update until LastUpdateStatus is Successful
 * @param aliasPropagation from UpdateAlias until invocations follow it
 */
public record LambdaTimes(Duration creation, Duration update, Duration aliasPropagation) {
  public static final LambdaTimes DEFAULT =
      new LambdaTimes(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ZERO);
}
