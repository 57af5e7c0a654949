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
    return new Answer(false, Fault::throttling);
  }

  /** The service fails before it did anything. */
  static Fault serverError() {
    return new Answer(false, Fault::internal);
  }

  /** The service does it and fails then. */
  static Fault serverErrorAfterEffect() {
    return new Answer(true, Fault::internal);
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
                        + actionPrefix(attempt.service())
                        + ":"
                        + attempt.operation()
                        + " on resource: "
                        + attempt.resource()
                        + " because no identity-based policy allows the "
                        + actionPrefix(attempt.service())
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

  private static AwsError throttling(Attempt attempt) {
    return switch (attempt.service()) {
      case "lambda" ->
          new AwsError("TooManyRequestsException", 429, "Rate exceeded")
              .with("Reason", "CallerRateLimitExceeded");
      case "s3" -> new AwsError("SlowDown", 503, "Please reduce your request rate.");
      default -> new AwsError("ThrottlingException", 400, "Rate exceeded").queryCode("Throttling");
    };
  }

  private static AwsError internal(Attempt attempt) {
    return switch (attempt.service()) {
      case "lambda" ->
          new AwsError("ServiceException", 500, "An internal error occurred. Please retry later.");
      case "s3" ->
          new AwsError("InternalError", 500, "We encountered an internal error. Please try again.");
      case "logs" ->
          new AwsError(
              "ServiceUnavailableException", 503, "The service cannot complete the request.");
      default ->
          new AwsError("InternalServiceFault", 500, "Internal service error")
              .queryCode("InternalServiceError");
    };
  }

  private static String actionPrefix(String service) {
    return service.equals("monitoring") ? "cloudwatch" : service;
  }
}
