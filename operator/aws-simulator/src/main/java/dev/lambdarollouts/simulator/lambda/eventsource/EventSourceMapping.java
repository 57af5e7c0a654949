package dev.lambdarollouts.simulator.lambda.eventsource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An event source mapping. Guarded by the timeline's lock. */
public final class EventSourceMapping {
  private final String uuid;
  private final String arn;
  private final EventSourceType type;
  private final Map<String, String> tags = new TreeMap<>();
  private String functionArn;
  private ObjectNode settings;
  private boolean enabled;
  private String state;
  private Instant lastModified;

  EventSourceMapping(
      String uuid,
      String arn,
      EventSourceType type,
      String functionArn,
      ObjectNode settings,
      boolean enabled,
      Instant now) {
    this.uuid = uuid;
    this.arn = arn;
    this.type = type;
    this.functionArn = functionArn;
    this.settings = settings;
    this.enabled = enabled;
    this.state = "Creating";
    this.lastModified = now;
  }

  String uuid() {
    return uuid;
  }

  String arn() {
    return arn;
  }

  EventSourceType type() {
    return type;
  }

  String functionArn() {
    return functionArn;
  }

  ObjectNode settings() {
    return settings;
  }

  public Map<String, String> tags() {
    return tags;
  }

  /** Whether a change of its state is under way, during which it takes no other. */
  boolean isChanging() {
    return !state.equals("Enabled") && !state.equals("Disabled");
  }

  void update(String newFunctionArn, ObjectNode newSettings, boolean nowEnabled, Instant now) {
    state = nowEnabled == enabled ? "Updating" : nowEnabled ? "Enabling" : "Disabling";
    functionArn = newFunctionArn;
    settings = newSettings;
    enabled = nowEnabled;
    lastModified = now;
  }

  boolean enabled() {
    return enabled;
  }

  void delete(Instant now) {
    state = "Deleting";
    lastModified = now;
  }

  /** The change that was under way is done. */
  void settle(Instant now) {
    state = enabled ? "Enabled" : "Disabled";
    lastModified = now;
  }

  Instant lastModified() {
    return lastModified;
  }

  boolean isDeleting() {
    return state.equals("Deleting");
  }

  /** What {@link #restore} needs to make it again. */
  ObjectNode save() {
    ObjectNode tree =
        Json.object()
            .put("uuid", uuid)
            .put("arn", arn)
            .put("type", type.name())
            .put("functionArn", functionArn)
            .put("enabled", enabled)
            .put("state", state)
            .put("lastModified", lastModified.toString());
    tree.set("settings", settings);
    ObjectNode shown = tree.putObject("tags");
    tags.forEach(shown::put);
    return tree;
  }

  static EventSourceMapping restore(JsonNode saved) {
    EventSourceMapping mapping =
        new EventSourceMapping(
            saved.path("uuid").asText(),
            saved.path("arn").asText(),
            EventSourceType.valueOf(saved.path("type").asText()),
            saved.path("functionArn").asText(),
            saved.withObject("/settings"),
            saved.path("enabled").asBoolean(),
            Instant.parse(saved.path("lastModified").asText()));
    mapping.state = saved.path("state").asText();
    for (var tag : saved.path("tags").properties()) {
      mapping.tags.put(tag.getKey(), tag.getValue().asText());
    }
    return mapping;
  }

  ObjectNode show() {
    ObjectNode tree = Json.object().put("UUID", uuid);
    tree.setAll(settings.deepCopy());
    tree.put("FunctionArn", functionArn).put("EventSourceMappingArn", arn);
    tree.set("LastModified", Json.instant(lastModified));
    if (type.isStream() || type.isKafka()) {
      tree.put("LastProcessingResult", "No records processed");
    }
    return tree.put("State", state).put("StateTransitionReason", type.userAction());
  }
}
