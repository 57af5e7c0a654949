package dev.lambdarollouts.simulator.lambda.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A scripted answer, for functions whose code cannot run here and for tests that want a certain
 * behaviour.
 *
 * @param payload the function's result as JSON, or the error object
 * @param duration how long the run takes in simulated time
 */
public record Answer(boolean succeeded, String payload, Duration duration) {
  private static final Duration USUAL = Duration.ofMillis(20);

  /** The function returns null, in 20 ms. */
  public static Answer success() {
    return success("null");
  }

  /** The function returns this JSON, in 20 ms. */
  public static Answer success(String json) {
    return new Answer(true, json, USUAL);
  }

  /** The function throws, after 20 ms. */
  public static Answer error(String errorType, String errorMessage) {
    Outcome outcome = Outcome.failed(errorType, errorMessage, USUAL);
    return new Answer(false, new String(outcome.payload(), StandardCharsets.UTF_8), USUAL);
  }

  public Answer taking(Duration newDuration) {
    return new Answer(succeeded, payload, newDuration);
  }

  /** The outcome that this answer stands for. */
  public Outcome outcome() {
    return new Outcome(
        payload.getBytes(StandardCharsets.UTF_8),
        succeeded ? null : Outcome.UNHANDLED,
        "",
        duration,
        null,
        null);
  }
}
