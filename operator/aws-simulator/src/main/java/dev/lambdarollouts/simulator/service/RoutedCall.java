package dev.lambdarollouts.simulator.service;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.WireReply;

/**
 * A request whose operation is known and that has not run yet.
 *
 * @param service the service's name in a credential scope
 * @param resource what it is about, as far as the request says: a function, an alarm, a role
 * @param exclusive whether it runs alone under the simulator's lock; an invocation does not, since
 *     its handler may call AWS itself
 */
public record RoutedCall(
    String service,
    String operation,
    String resource,
    boolean exclusive,
    Action action,
    ErrorFormat errors) {

  /** Runs the operation and gives its reply. */
  @FunctionalInterface
  public interface Action {
    WireReply run(CallContext context);
  }

  /** Words an error in the protocol of the request. */
  @FunctionalInterface
  public interface ErrorFormat {
    WireReply format(AwsError error, String requestId);
  }

  /** A call that answers {@code error} whoever makes it. */
  public static RoutedCall failing(
      String service, String operation, AwsError error, ErrorFormat errors) {
    return new RoutedCall(
        service,
        operation,
        "",
        true,
        context -> {
          throw error;
        },
        errors);
  }
}
