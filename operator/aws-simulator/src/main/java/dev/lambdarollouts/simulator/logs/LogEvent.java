package dev.lambdarollouts.simulator.logs;

import java.time.Instant;

/**
 * One event of a stream.
 *
 * @param number in the order in which events came in, over all streams
 */
record LogEvent(long number, Instant at, Instant ingested, String message)
    implements Comparable<LogEvent> {

  /** By time; events of the same time in the order in which they came. */
  @Override
  public int compareTo(LogEvent other) {
    int byTime = at.compareTo(other.at);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }

  /** As long as AWS': 56 digits that grow as events do. */
  String id() {
    return "%020d%036d".formatted(at.toEpochMilli(), number);
  }

  /** Stands before all events of a time (number 0) or after all of them, to look others up. */
  static LogEvent bound(Instant at, long number) {
    return new LogEvent(number, at, at, "");
  }
}
