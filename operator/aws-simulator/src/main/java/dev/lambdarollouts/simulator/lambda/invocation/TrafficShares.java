package dev.lambdarollouts.simulator.lambda.invocation;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version really took how many invocations, second by second, for every ARN through which
 * functions were invoked.
 */
public final class TrafficShares {
  private final Map<String, NavigableMap<Long, Map<String, Long>>> byArn =
      new ConcurrentHashMap<>();

  public void add(String invokedArn, String version, Instant at) {
    NavigableMap<Long, Map<String, Long>> seconds =
        byArn.computeIfAbsent(invokedArn, arn -> new TreeMap<>());
    synchronized (seconds) {
      seconds
          .computeIfAbsent(at.getEpochSecond(), key -> new TreeMap<>())
          .merge(version, 1L, Long::sum);
    }
  }

  /**
   * Invocations by version.
   *
   * @param invokedArn as it was invoked, such as {@code arn:aws:lambda:...:function:hello:live}
   * @param from inclusive, whole seconds
   * @param to exclusive
   */
  public Map<String, Long> between(String invokedArn, Instant from, Instant to) {
    Map<String, Long> sum = new TreeMap<>();
    NavigableMap<Long, Map<String, Long>> seconds = byArn.get(invokedArn);
    if (seconds == null || !from.isBefore(to)) {
      return sum;
    }
    synchronized (seconds) {
      seconds
          .subMap(from.getEpochSecond(), true, to.getEpochSecond(), to.getNano() > 0)
          .values()
          .forEach(
              second -> second.forEach((version, count) -> sum.merge(version, count, Long::sum)));
    }
    return sum;
  }
}
