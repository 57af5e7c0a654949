package dev.lambdarollouts.simulator.logs;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.LogSink;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The log groups of all accounts and regions. Guarded by the timeline's lock. */
final class LogGroups implements LogSink {
  private final Supplier<Instant> now;
  private final Map<Location, NavigableMap<String, LogGroup>> byLocation = new HashMap<>();
  private long events;

  LogGroups(Supplier<Instant> now) {
    this.now = now;
  }

  Map<Location, NavigableMap<String, LogGroup>> all() {
    return byLocation;
  }

  NavigableMap<String, LogGroup> in(Location location) {
    return byLocation.computeIfAbsent(location, here -> new TreeMap<>());
  }

  @Override
  public void write(Location location, String group, String stream, List<Line> lines) {
    Instant ingested = now.get();
    LogStream target =
        in(location)
            .computeIfAbsent(group, name -> create(location, name, ingested, "STANDARD"))
            .stream(stream, ingested);
    lines.forEach(line -> add(target, line.at(), ingested, line.message()));
  }

  void add(LogStream stream, Instant at, Instant ingested, String message) {
    events++;
    stream.add(new LogEvent(events, at, ingested, message));
  }

  static LogGroup create(Location location, String name, Instant created, String logClass) {
    return new LogGroup(name, location.arn("logs", "log-group:" + name), created, logClass);
  }

  /** The group that a request names by name or by identifier, without what has expired. */
  LogGroup named(CallContext context, Input input) {
    String name = input.text("logGroupName");
    String identifier = input.text("logGroupIdentifier");
    if ((name == null) == (identifier == null)) {
      throw invalid(
          name == null
              ? "Log group name or log group identifier is required."
              : "Cannot set both logGroupName and logGroupIdentifier");
    }
    return get(context, name == null ? fromIdentifier(String.valueOf(identifier)) : name);
  }

  LogGroup get(CallContext context, String name) {
    LogGroup group = in(context.location()).get(name);
    if (group == null) {
      throw notFound("The specified log group does not exist.");
    }
    group.expire(context.at());
    return group;
  }

  static AwsError notFound(String message) {
    return new AwsError("ResourceNotFoundException", 400, message);
  }

  static AwsError invalid(String message) {
    return new AwsError("InvalidParameterException", 400, message);
  }

  /** The name in an ARN, with or without {@code :*} at its end, or the identifier itself. */
  static String fromIdentifier(String identifier) {
    String[] parts = identifier.split(":", -1);
    return identifier.startsWith("arn:") && parts.length > 6 ? parts[6] : identifier;
  }
}
