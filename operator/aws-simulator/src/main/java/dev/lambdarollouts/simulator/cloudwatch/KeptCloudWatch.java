package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.cloudwatch.dashboard.Dashboards;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Alarms with their history, metrics and dashboards, in the data file. */
final class KeptCloudWatch implements KeptState {
  private final Alarms alarms;
  private final AlarmHistory history;
  private final MetricStore metrics;
  private final Dashboards dashboards;

  KeptCloudWatch(Alarms alarms, AlarmHistory history, MetricStore metrics, Dashboards dashboards) {
    this.alarms = alarms;
    this.history = history;
    this.metrics = metrics;
    this.dashboards = dashboards;
  }

  @Override
  public String part() {
    return "cloudwatch";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    ArrayNode savedAlarms = tree.putArray("alarms");
    alarms.all().forEach(alarm -> savedAlarms.add(save(alarm)));
    ArrayNode items = tree.putArray("history");
    history
        .all()
        .forEach((location, kept) -> kept.forEach(item -> items.add(save(location, item))));
    ArrayNode series = tree.putArray("metrics");
    metrics
        .all()
        .forEach(
            (location, byKey) ->
                byKey.forEach((key, points) -> series.add(save(location, key, points))));
    ObjectNode byAccount = tree.putObject("dashboards");
    dashboards
        .all()
        .forEach(
            (account, byName) -> {
              ObjectNode all = byAccount.putObject(account);
              byName.forEach(
                  (name, dashboard) ->
                      all.putObject(name)
                          .put("body", dashboard.body())
                          .put("modified", dashboard.modified().toString()));
            });
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    saved.path("alarms").forEach(this::restoreAlarm);
    for (JsonNode item : saved.path("history")) {
      history.restore(
          Location.of(item),
          new AlarmHistory.Item(
              item.path("alarm").asText(),
              Alarm.Type.valueOf(item.path("type").asText()),
              Instant.parse(item.path("at").asText()),
              item.path("itemType").asText(),
              item.path("summary").asText(),
              item.path("data").asText()));
    }
    saved.path("metrics").forEach(this::restoreMetric);
    for (Map.Entry<String, JsonNode> account : saved.path("dashboards").properties()) {
      for (Map.Entry<String, JsonNode> dashboard : account.getValue().properties()) {
        dashboards
            .of(account.getKey())
            .put(
                dashboard.getKey(),
                new Dashboards.Dashboard(
                    dashboard.getValue().path("body").asText(),
                    Instant.parse(dashboard.getValue().path("modified").asText())));
      }
    }
  }

  private static ObjectNode save(Alarm alarm) {
    ObjectNode tree = alarm.location().save(Json.object());
    AlarmState state = alarm.state();
    tree.put("name", alarm.name())
        .put("type", alarm.type().name())
        .put("configured", alarm.configured().toString())
        .put("state", state.value().name())
        .put("reason", state.reason());
    put(tree, "reasonData", state.reasonData());
    tree.put("updated", state.updated().toString())
        .put("transitioned", state.transitioned().toString())
        .set("settings", alarm.settingsTree());
    return tree;
  }

  private void restoreAlarm(JsonNode saved) {
    Location location = Location.of(saved);
    Alarm alarm =
        new Alarm(
            location,
            saved.path("name").asText(),
            Alarm.Type.valueOf(saved.path("type").asText()),
            saved.withObject("/settings"),
            Instant.parse(saved.path("configured").asText()));
    alarm.state(
        new AlarmState(
            AlarmState.Value.valueOf(saved.path("state").asText()),
            saved.path("reason").asText(),
            saved.has("reasonData") ? saved.path("reasonData").asText() : null,
            Instant.parse(saved.path("updated").asText()),
            Instant.parse(saved.path("transitioned").asText())));
    alarms.in(location).put(alarm.name(), alarm);
  }

  private static ObjectNode save(Location location, AlarmHistory.Item item) {
    return location
        .save(Json.object())
        .put("alarm", item.alarm())
        .put("type", item.type().name())
        .put("at", item.at().toString())
        .put("itemType", item.itemType())
        .put("summary", item.summary())
        .put("data", item.data());
  }

  private ObjectNode save(Location location, MetricKey key, NavigableMap<Long, Datapoints> points) {
    ObjectNode tree =
        location.save(Json.object()).put("namespace", key.namespace()).put("name", key.name());
    put(tree, "unit", metrics.unit(location, key));
    ObjectNode dimensions = tree.putObject("dimensions");
    key.dimensions().forEach(dimensions::put);
    ObjectNode bySecond = tree.putObject("points");
    points.forEach((second, bucket) -> bySecond.set(second.toString(), bucket.save()));
    return tree;
  }

  private void restoreMetric(JsonNode saved) {
    Location location = Location.of(saved);
    Map<String, String> dimensions = new TreeMap<>();
    saved
        .path("dimensions")
        .properties()
        .forEach(one -> dimensions.put(one.getKey(), one.getValue().asText()));
    MetricKey key =
        MetricKey.of(saved.path("namespace").asText(), saved.path("name").asText(), dimensions);
    metrics.unit(location, key, saved.has("unit") ? saved.path("unit").asText() : null);
    saved
        .path("points")
        .properties()
        .forEach(
            point ->
                metrics.restore(
                    location,
                    key,
                    Long.parseLong(point.getKey()),
                    Datapoints.restore(point.getValue())));
  }

  private static void put(ObjectNode tree, String name, @Nullable String value) {
    if (value != null) {
      tree.put(name, value);
    }
  }
}
