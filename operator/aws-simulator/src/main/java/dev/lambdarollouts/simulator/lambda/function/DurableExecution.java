package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A durable execution: it replays against the version that started it until it ends.
 *
 * @param version that it runs on: a number or {@code $LATEST}
 * @param id the last part of its ARN
 * @param ended null while it runs
 * @param paused it goes on later, and needs its version then
 */
public record DurableExecution(
    String version,
    String name,
    String id,
    Instant started,
    @Nullable Instant ended,
    boolean paused) {

  public String arn(String functionArn) {
    return functionArn + ":" + version + "/durable-execution/" + name + "/" + id;
  }

  public String status() {
    if (ended != null) {
      return "SUCCEEDED";
    }
    return paused ? "PAUSED" : "RUNNING";
  }

  /** The same, which goes on later. */
  public DurableExecution pausedNow() {
    return new DurableExecution(version, name, id, started, ended, true);
  }

  public DurableExecution endedAt(Instant at) {
    return new DurableExecution(version, name, id, started, at, paused);
  }

  /** As ListDurableExecutionsByFunction shows it. */
  public ObjectNode show(String functionArn) {
    ObjectNode tree =
        Json.object()
            .put("DurableExecutionArn", arn(functionArn))
            .put("DurableExecutionName", name)
            .put("FunctionArn", functionArn + ":" + version)
            .put("Status", status());
    tree.set("StartTimestamp", Json.instant(started));
    if (ended != null) {
      tree.set("EndTimestamp", Json.instant(ended));
    }
    return tree;
  }

  ObjectNode save() {
    ObjectNode tree =
        Json.object()
            .put("version", version)
            .put("name", name)
            .put("id", id)
            .put("started", started.toString())
            .put("paused", paused);
    return ended == null ? tree : tree.put("ended", ended.toString());
  }

  static DurableExecution restore(JsonNode saved) {
    return new DurableExecution(
        saved.path("version").asText(),
        saved.path("name").asText(),
        saved.path("id").asText(),
        Instant.parse(saved.path("started").asText()),
        saved.has("ended") ? Instant.parse(saved.path("ended").asText()) : null,
        saved.path("paused").asBoolean());
  }
}
