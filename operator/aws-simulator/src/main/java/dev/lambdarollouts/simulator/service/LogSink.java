package dev.lambdarollouts.simulator.service;

import java.time.Instant;
import java.util.List;

/** Where services write logs on behalf of their owner; groups and streams are made as needed. */
@FunctionalInterface
public interface LogSink {
  void write(Location location, String group, String stream, List<Line> lines);

  /** One event of a log. */
  record Line(Instant at, String message) {}
}
