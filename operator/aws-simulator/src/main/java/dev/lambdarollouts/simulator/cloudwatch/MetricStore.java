package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.MetricSink;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of all accounts and regions, by minute, or by second where they were put so. Guarded
 * by the timeline's lock.
 */
final class MetricStore implements MetricSink {
  private static final int STANDARD_RESOLUTION_SECONDS = 60;

  private final Map<Location, Map<MetricKey, NavigableMap<Long, Datapoints>>> byLocation =
      new HashMap<>();
  private final Map<Location, Map<MetricKey, String>> units = new HashMap<>();

  @Override
  public void record(
      Location location,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      Instant at,
      double value,
      String unit) {
    MetricKey key = MetricKey.of(namespace, metric, dimensions);
    bucket(location, key, at, STANDARD_RESOLUTION_SECONDS).add(value, 1);
    unit(location, key, unit);
  }

  /** The bucket that takes values of that time. */
  Datapoints bucket(Location location, MetricKey key, Instant at, int resolutionSeconds) {
    long second = at.getEpochSecond();
    return byLocation
        .computeIfAbsent(location, here -> new HashMap<>())
        .computeIfAbsent(key, metric -> new TreeMap<>())
        .computeIfAbsent(
            second - Math.floorMod(second, resolutionSeconds), start -> new Datapoints());
  }

  void unit(Location location, MetricKey key, @Nullable String unit) {
    if (unit != null) {
      units.computeIfAbsent(location, here -> new HashMap<>()).put(key, unit);
    }
  }

  @Nullable String unit(Location location, MetricKey key) {
    return units.getOrDefault(location, Map.of()).get(key);
  }

  Set<MetricKey> metrics(Location location) {
    return byLocation.getOrDefault(location, Map.of()).keySet();
  }

  Map<Location, Map<MetricKey, NavigableMap<Long, Datapoints>>> all() {
    return byLocation;
  }

  /** The bucket that begins at a second, as it was kept. */
  void restore(Location location, MetricKey key, long second, Datapoints bucket) {
    byLocation
        .computeIfAbsent(location, here -> new HashMap<>())
        .computeIfAbsent(key, metric -> new TreeMap<>())
        .put(second, bucket);
  }

  /** The start of a metric's newest bucket; null when it has none. */
  @Nullable Instant newest(Location location, MetricKey key) {
    NavigableMap<Long, Datapoints> series = byLocation.getOrDefault(location, Map.of()).get(key);
    return series == null || series.isEmpty() ? null : Instant.ofEpochSecond(series.lastKey());
  }

  /** What was recorded from one second (inclusive) to another (exclusive); empty if nothing was. */
  Datapoints between(Location location, MetricKey key, long fromSecond, long toSecond) {
    Datapoints sum = new Datapoints();
    NavigableMap<Long, Datapoints> series =
        byLocation
            .getOrDefault(location, Map.of())
            .getOrDefault(key, Collections.emptyNavigableMap());
    series.subMap(fromSecond, true, toSecond, false).values().forEach(sum::addAll);
    return sum;
  }
}
