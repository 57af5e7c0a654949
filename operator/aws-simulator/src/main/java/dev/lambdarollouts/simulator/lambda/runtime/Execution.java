package dev.lambdarollouts.simulator.lambda.runtime;

import java.time.Instant;
import java.util.Map;

/**
 * One run of a function, as its code sees it.
 *
 * @param invokedArn the ARN that was invoked, with its qualifier
 * @param environment the variables that the code finds, AWS' own included
 * @param at simulated time of the start
 */
@SuppressWarnings(
    "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
public record Execution(
    String functionName,
    String invokedArn,
    String version,
    String requestId,
    byte[] payload,
    Map<String, String> environment,
    String handler,
    int memoryMegabytes,
    int timeoutSeconds,
    String logGroup,
    String logStream,
    Instant at) {

  @Override
  public String toString() {
    return "Execution[" + invokedArn + ", version " + version + ", " + requestId + "]";
  }
}
