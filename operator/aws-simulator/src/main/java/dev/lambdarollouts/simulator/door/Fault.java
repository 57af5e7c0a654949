package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.time.Duration;
import java.util.function.Function;

/** What goes wrong with a call. */
public sealed interface Fault {

  /**
   * The call is answered with an error.
   *
   * @param afterEffect whether the operation runs before
   */
  record Answer(boolean afterEffect, Function<Attempt, AwsError> error) implements Fault {}

  /** The connection is cut without a reply. */
  record Cut(boolean afterEffect) implements Fault {}

  /**
   * Nothing is answered, so that the client runs into its time-out.
   *
   * @param held how long the connection stays open, in real time; it is cut then
   */
  record Silence(boolean afterEffect, Duration held) implements Fault {}

  /** The call is served after waiting, in real time. */
  record Delay(Duration duration) implements Fault {}

  /** Refused for its rate, as the service says it. */
  static Fault throttled() {
    return new Answer(false, attempt -> attempt.asked().throttled());
  }

  /** The service fails before it did anything. */
  static Fault serverError() {
    return new Answer(false, attempt -> attempt.asked().failed());
  }

  /** The service does it and fails then. */
  static Fault serverErrorAfterEffect() {
    return new Answer(true, attempt -> attempt.asked().failed());
  }

  static Fault accessDenied() {
    return new Answer(
        false,
        attempt ->
            new AwsError(
                    "AccessDeniedException",
                    403,
                    "User: arn:aws:iam::"
                        + attempt.account()
                        + ":user/simulator is not authorized to perform: "
                        + attempt.asked().actionPrefix()
                        + ":"
                        + attempt.operation()
                        + " on resource: "
                        + attempt.resource()
                        + " because no identity-based policy allows the "
                        + attempt.asked().actionPrefix()
                        + ":"
                        + attempt.operation()
                        + " action")
                .queryCode("AccessDenied"));
  }

  static Fault expiredCredentials() {
    return new Answer(
        false,
        attempt ->
            new AwsError(
                    "ExpiredTokenException",
                    403,
                    "The security token included in the request is expired")
                .queryCode("ExpiredToken"));
  }

  /** Any error. */
  static Fault error(String code, int status, String message) {
    return new Answer(false, attempt -> new AwsError(code, status, message));
  }

  /** The request never arrives. */
  static Fault cutBeforeEffect() {
    return new Cut(false);
  }

  /** The request does its work, and the reply is lost. */
  static Fault cutAfterEffect() {
    return new Cut(true);
  }

  static Fault delayed(Duration duration) {
    return new Delay(duration);
  }
}
