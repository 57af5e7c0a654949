package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How asynchronous invocations of a function, version or alias are treated.
 *
 * @param retries 0 to 2; null when it was not given, which is 2
 * @param ageSeconds how long an event may wait; null when it was not given, which is six hours
 * @param onSuccess the ARN of a destination; null for none
 */
public record EventInvokeConfig(
    String functionArn,
    @Nullable Integer retries,
    @Nullable Integer ageSeconds,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    Instant modified) {

  /** What {@link #restore} needs to make it again. */
  ObjectNode save() {
    ObjectNode tree = Json.object().put("functionArn", functionArn).put("retries", retries);
    tree.put("ageSeconds", ageSeconds).put("onSuccess", onSuccess).put("onFailure", onFailure);
    return tree.put("modified", modified.toString());
  }

  static EventInvokeConfig restore(JsonNode saved) {
    return new EventInvokeConfig(
        saved.path("functionArn").asText(),
        saved.hasNonNull("retries") ? (Integer) saved.path("retries").asInt() : null,
        saved.hasNonNull("ageSeconds") ? (Integer) saved.path("ageSeconds").asInt() : null,
        saved.path("onSuccess").textValue(),
        saved.path("onFailure").textValue(),
        Instant.parse(saved.path("modified").asText()));
  }

  public ObjectNode show() {
    ObjectNode tree = Json.object();
    tree.set("LastModified", Json.instant(modified));
    tree.put("FunctionArn", functionArn);
    if (retries != null) {
      tree.put("MaximumRetryAttempts", retries);
    }
    if (ageSeconds != null) {
      tree.put("MaximumEventAgeInSeconds", ageSeconds);
    }
    ObjectNode destinations = tree.putObject("DestinationConfig");
    destination(destinations.putObject("OnSuccess"), onSuccess);
    destination(destinations.putObject("OnFailure"), onFailure);
    return tree;
  }

  private static void destination(ObjectNode tree, @Nullable String arn) {
    if (arn != null) {
      tree.put("Destination", arn);
    }
  }
}
