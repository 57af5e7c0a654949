package dev.lambdarollouts.simulator.logs;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A stream: its newest events, by time. Guarded by the timeline's lock. */
final class LogStream {
  /** AWS has no such bound; a simulator under load for days needs one. */
  private static final int MOST_EVENTS = 10_000;

  private final String name;
  private final Instant created;
  private final NavigableSet<LogEvent> events = new TreeSet<>();
  private @Nullable Instant lastIngestion;

  LogStream(String name, Instant created) {
    this.name = name;
    this.created = created;
  }

  String name() {
    return name;
  }

  Instant created() {
    return created;
  }

  NavigableSet<LogEvent> events() {
    return events;
  }

  @Nullable Instant lastIngestion() {
    return lastIngestion;
  }

  void add(LogEvent event) {
    events.add(event);
    lastIngestion = event.ingested();
    if (events.size() > MOST_EVENTS) {
      events.pollFirst();
    }
  }

  /** Forgets what is older. */
  void expire(Instant before) {
    while (!events.isEmpty() && events.first().at().isBefore(before)) {
      events.pollFirst();
    }
  }

  /** Events from one time (inclusive) to another (exclusive); null is no bound. */
  NavigableSet<LogEvent> between(@Nullable Instant from, @Nullable Instant to) {
    NavigableSet<LogEvent> found = events;
    if (from != null) {
      found = found.tailSet(LogEvent.bound(from, 0), true);
    }
    return to == null ? found : found.headSet(LogEvent.bound(to, 0), false);
  }
}
