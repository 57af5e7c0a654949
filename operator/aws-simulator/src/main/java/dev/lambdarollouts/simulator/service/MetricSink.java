package dev.lambdarollouts.simulator.service;

import java.time.Instant;
import java.util.Map;

/** Where services put the metrics that AWS publishes about them. */
@FunctionalInterface
public interface MetricSink {
  void record(
      Location location,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      Instant at,
      double value,
      String unit);
}
