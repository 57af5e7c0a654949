package dev.lambdarollouts.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Temporary credentials and who they make their bearer.
 *
 * @param expiration simulated time from which they are refused
 * @param tags session tags
 */
public record Session(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    Instant expiration,
    Principal principal,
    Map<String, String> tags) {

  ObjectNode save() {
    ObjectNode tree =
        Json.object()
            .put("secret", secretAccessKey)
            .put("token", sessionToken)
            .put("expiration", expiration.toString())
            .put("account", principal.account())
            .put("arn", principal.arn())
            .put("userId", principal.userId())
            .put("kind", principal.kind().name());
    ObjectNode shown = tree.putObject("tags");
    tags.forEach(shown::put);
    return tree;
  }

  static Session restore(String accessKeyId, JsonNode saved) {
    Map<String, String> tags = new TreeMap<>();
    saved.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return new Session(
        accessKeyId,
        saved.path("secret").asText(),
        saved.path("token").asText(),
        Instant.parse(saved.path("expiration").asText()),
        new Principal(
            saved.path("account").asText(),
            saved.path("arn").asText(),
            saved.path("userId").asText(),
            Principal.Kind.valueOf(saved.path("kind").asText())),
        Map.copyOf(tags));
  }

  @Override
  public String toString() {
    return "Session[" + accessKeyId + ", " + principal.arn() + ", until " + expiration + "]";
  }
}
