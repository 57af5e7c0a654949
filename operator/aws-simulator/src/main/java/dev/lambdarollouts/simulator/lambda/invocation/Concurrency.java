package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the runs of functions that are under way, by version, and admits a further one while
 * reserved concurrency lets it. Runs first take what is provisioned for their version. Guarded by
 * the timeline's lock.
 *
 * <p>A run whose caller waits is under way until it has its answer; one that nobody waits for (a
 * load, an event) until its end in simulated time.
 */
final class Concurrency {
  private final Map<LambdaFunction, Map<String, Slots>> byFunction = new WeakHashMap<>();

  /** How a run came in. */
  enum Admission {
    ON_DEMAND,
    PROVISIONED,
    /** On demand, though its version has provisioned concurrency: all of that is taken. */
    SPILLOVER
  }

  /** Takes a place for a run, or gives null when there is none. */
  @Nullable Admission enter(LambdaFunction function, String version, Instant at) {
    Map<String, Slots> versions = byFunction.computeIfAbsent(function, key -> new HashMap<>());
    versions.values().forEach(slots -> slots.leaveUntil(at));
    Slots own = versions.computeIfAbsent(version, key -> new Slots());
    int allocated = function.allocatedOn(version);
    if (own.taken() < allocated) {
      own.running++;
      return Admission.PROVISIONED;
    }
    Integer reserved = function.reservedConcurrency();
    if (reserved != null
        && onDemand(function, versions) >= reserved - function.provisionedConcurrency()) {
      return null;
    }
    own.running++;
    return allocated > 0 ? Admission.SPILLOVER : Admission.ON_DEMAND;
  }

  /** The run's caller has its answer. */
  void leave(LambdaFunction function, String version) {
    slots(function, version).running--;
  }

  /** The run goes on until then in simulated time. */
  void leaveAt(LambdaFunction function, String version, Instant end) {
    Slots slots = slots(function, version);
    slots.running--;
    slots.ends.add(end);
  }

  private Slots slots(LambdaFunction function, String version) {
    return byFunction
        .computeIfAbsent(function, key -> new HashMap<>())
        .computeIfAbsent(version, key -> new Slots());
  }

  private static int onDemand(LambdaFunction function, Map<String, Slots> versions) {
    return versions.entrySet().stream()
        .mapToInt(
            entry -> Math.max(0, entry.getValue().taken() - function.allocatedOn(entry.getKey())))
        .sum();
  }

  private static final class Slots {
    private final PriorityQueue<Instant> ends = new PriorityQueue<>();
    private int running;

    int taken() {
      return running + ends.size();
    }

    void leaveUntil(Instant at) {
      for (Instant end = ends.peek(); end != null && !end.isAfter(at); end = ends.peek()) {
        ends.remove();
      }
    }
  }
}
