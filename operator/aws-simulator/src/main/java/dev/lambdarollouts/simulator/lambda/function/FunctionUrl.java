package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a function or of an alias.
 *
 * @param cors as it was given; null for none
 */
public record FunctionUrl(
    String url,
    String functionArn,
    String authType,
    @Nullable ObjectNode cors,
    String invokeMode,
    Instant created,
    Instant modified) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** What {@link #restore} needs to make it again. */
  ObjectNode save() {
    ObjectNode tree =
        Json.object()
            .put("url", url)
            .put("functionArn", functionArn)
            .put("authType", authType)
            .put("invokeMode", invokeMode)
            .put("created", created.toString())
            .put("modified", modified.toString());
    if (cors != null) {
      tree.set("cors", cors);
    }
    return tree;
  }

  static FunctionUrl restore(JsonNode saved) {
    return new FunctionUrl(
        saved.path("url").asText(),
        saved.path("functionArn").asText(),
        saved.path("authType").asText(),
        saved.get("cors") instanceof ObjectNode cors ? cors : null,
        saved.path("invokeMode").asText(),
        Instant.parse(saved.path("created").asText()),
        Instant.parse(saved.path("modified").asText()));
  }

  /** As CreateFunctionUrlConfig shows it, which tells InvokeMode only when it was given. */
  public ObjectNode showCreated(boolean withInvokeMode) {
    ObjectNode tree = Json.object().put("FunctionUrl", url).put("FunctionArn", functionArn);
    tree.put("AuthType", authType);
    if (cors != null) {
      tree.set("Cors", cors.deepCopy());
    }
    tree.put("CreationTime", TIME.format(created));
    return withInvokeMode ? tree.put("InvokeMode", invokeMode) : tree;
  }

  public ObjectNode show(boolean withInvokeMode) {
    return showCreated(withInvokeMode).put("LastModifiedTime", TIME.format(modified));
  }
}
