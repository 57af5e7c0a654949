package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;

/** Groups, streams, events and subscription filters in the data file. */
final class KeptLogs implements KeptState {
  private final LogGroups groups;

  KeptLogs(LogGroups groups) {
    this.groups = groups;
  }

  @Override
  public String part() {
    return "logs";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    ArrayNode list = tree.putArray("groups");
    groups
        .all()
        .forEach(
            (location, byName) ->
                byName.values().forEach(group -> list.add(save(location, group))));
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    for (JsonNode tree : saved.path("groups")) {
      Location location = Location.of(tree);
      LogGroup group = restore(location, tree);
      groups.in(location).put(group.name(), group);
    }
  }

  private static ObjectNode save(Location location, LogGroup group) {
    ObjectNode tree =
        location
            .save(Json.object())
            .put("name", group.name())
            .put("created", group.created().toString())
            .put("class", group.logClass());
    if (group.retentionDays() != null) {
      tree.put("retentionDays", group.retentionDays());
    }
    ObjectNode tags = tree.putObject("tags");
    group.tags().forEach(tags::put);
    ObjectNode subscriptions = tree.putObject("subscriptions");
    group.subscriptions().forEach(subscriptions::set);
    ObjectNode streams = tree.putObject("streams");
    group
        .streams()
        .forEach(
            (name, stream) -> {
              ObjectNode saved =
                  streams.putObject(name).put("created", stream.created().toString());
              ArrayNode events = saved.putArray("events");
              for (LogEvent event : stream.events()) {
                events
                    .addArray()
                    .add(event.at().toEpochMilli())
                    .add(event.ingested().toEpochMilli())
                    .add(event.message());
              }
            });
    return tree;
  }

  private LogGroup restore(Location location, JsonNode saved) {
    LogGroup group =
        LogGroups.create(
            location,
            saved.path("name").asText(),
            Instant.parse(saved.path("created").asText()),
            saved.path("class").asText());
    if (saved.has("retentionDays")) {
      group.retain(saved.path("retentionDays").asInt());
    }
    saved
        .path("tags")
        .properties()
        .forEach(tag -> group.tags().put(tag.getKey(), tag.getValue().asText()));
    saved
        .path("subscriptions")
        .properties()
        .forEach(
            filter -> group.subscriptions().put(filter.getKey(), (ObjectNode) filter.getValue()));
    saved
        .path("streams")
        .properties()
        .forEach(
            entry -> {
              JsonNode tree = entry.getValue();
              LogStream stream =
                  group.stream(entry.getKey(), Instant.parse(tree.path("created").asText()));
              for (JsonNode event : tree.path("events")) {
                groups.add(
                    stream,
                    Instant.ofEpochMilli(event.path(0).asLong()),
                    Instant.ofEpochMilli(event.path(1).asLong()),
                    event.path(2).asText());
              }
            });
    return group;
  }
}
