package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to alarms; CloudWatch keeps it for 30 days, also of alarms that were deleted. */
final class AlarmHistory {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Map<Location, Deque<Item>> byLocation = new HashMap<>();

  /** One entry. */
  record Item(
      String alarm, Alarm.Type type, Instant at, String itemType, String summary, String data) {
    ObjectNode show() {
      ObjectNode tree = Json.object();
      tree.put("AlarmName", alarm).put("AlarmType", type.name());
      tree.set("Timestamp", Json.instant(at));
      return tree.put("HistoryItemType", itemType)
          .put("HistorySummary", summary)
          .put("HistoryData", data);
    }
  }

  void configured(Alarm alarm, String what, Instant at) {
    ObjectNode data = Json.object().put("version", "1.0").put("type", what);
    data.put("alarmName", alarm.name()).put("alarmArn", alarm.arn());
    String verb =
        switch (what) {
          case "Create" -> "created";
          case "Delete" -> "deleted";
          default -> "updated";
        };
    add(alarm, at, "ConfigurationUpdate", "Alarm \"" + alarm.name() + "\" " + verb, data);
  }

  void transition(Alarm alarm, AlarmState before, AlarmState after) {
    ObjectNode data = Json.object().put("version", "1.0");
    data.set("oldState", state(before));
    data.set("newState", state(after));
    add(
        alarm,
        after.updated(),
        "StateUpdate",
        "Alarm updated from " + before.value() + " to " + after.value(),
        data);
  }

  /** All items that are still kept, oldest first. */
  List<Item> items(Location location, Instant now) {
    Deque<Item> items = byLocation.computeIfAbsent(location, here -> new ArrayDeque<>());
    while (!items.isEmpty() && items.getFirst().at().isBefore(now.minus(KEPT))) {
      items.removeFirst();
    }
    return List.copyOf(items);
  }

  Map<Location, Deque<Item>> all() {
    return byLocation;
  }

  void restore(Location location, Item item) {
    byLocation.computeIfAbsent(location, here -> new ArrayDeque<>()).addLast(item);
  }

  private void add(Alarm alarm, Instant at, String itemType, String summary, ObjectNode data) {
    byLocation
        .computeIfAbsent(alarm.location(), here -> new ArrayDeque<>())
        .addLast(new Item(alarm.name(), alarm.type(), at, itemType, summary, Json.text(data)));
  }

  private static ObjectNode state(AlarmState state) {
    ObjectNode tree =
        Json.object().put("stateValue", state.value().name()).put("stateReason", state.reason());
    @Nullable String data = state.reasonData();
    if (data != null) {
      tree.set("stateReasonData", Json.read(data.getBytes(StandardCharsets.UTF_8)));
    }
    return tree;
  }
}
