package dev.lambdarollouts.simulator.lambda.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param functionError {@code Unhandled} as Lambda says of a failed run; null when it succeeded
 * @param log what the code printed and logged
 * @param init how long a cold start took; null when the environment was warm
 * @param runtimeFailure for failures of the runtime rather than of the handler, what the REPORT
 *     line says of them, such as {@code timeout}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
public record Outcome(
    byte[] payload,
    @Nullable String functionError,
    String log,
    Duration duration,
    @Nullable Duration init,
    @Nullable String runtimeFailure) {
  static final String UNHANDLED = "Unhandled";

  /** A failed run with the error object that Lambda's runtimes give. */
  public static Outcome failed(String errorType, String errorMessage, Duration duration) {
    ObjectNode error = Json.object().put("errorMessage", errorMessage).put("errorType", errorType);
    return new Outcome(Json.write(error), UNHANDLED, "", duration, null, null);
  }

  /** A run that was ended by the function's time-out. */
  public static Outcome timedOut(Execution execution, String log, Duration duration) {
    ObjectNode error =
        Json.object()
            .put("errorType", "Sandbox.Timedout")
            .put(
                "errorMessage",
                "RequestId: "
                    + execution.requestId()
                    + " Error: Task timed out after "
                    + execution.timeoutSeconds()
                    + ".00 seconds");
    return new Outcome(Json.write(error), UNHANDLED, log, duration, null, "timeout");
  }

  public boolean succeeded() {
    return functionError == null;
  }
}
