package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log group with its streams and subscription filters. Guarded by the timeline's lock. */
final class LogGroup {
  private final String name;
  private final String arn;
  private final Instant created;
  private final String logClass;
  private final NavigableMap<String, LogStream> streams = new TreeMap<>();
  private final NavigableMap<String, ObjectNode> subscriptions = new TreeMap<>();
  private final NavigableMap<String, String> tags = new TreeMap<>();
  private @Nullable Integer retentionDays;

  LogGroup(String name, String arn, Instant created, String logClass) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.logClass = logClass;
  }

  String name() {
    return name;
  }

  /** Without {@code :*} at its end. */
  String arn() {
    return arn;
  }

  Instant created() {
    return created;
  }

  String logClass() {
    return logClass;
  }

  NavigableMap<String, LogStream> streams() {
    return streams;
  }

  /** Filters as the API shows them, by name. */
  NavigableMap<String, ObjectNode> subscriptions() {
    return subscriptions;
  }

  NavigableMap<String, String> tags() {
    return tags;
  }

  @Nullable Integer retentionDays() {
    return retentionDays;
  }

  void retain(@Nullable Integer days) {
    retentionDays = days;
  }

  LogStream stream(String streamName, Instant now) {
    return streams.computeIfAbsent(streamName, key -> new LogStream(key, now));
  }

  /** Forgets events that are older than the group keeps. */
  void expire(Instant now) {
    if (retentionDays != null) {
      Instant before = now.minus(Duration.ofDays(retentionDays));
      streams.values().forEach(stream -> stream.expire(before));
    }
  }
}
