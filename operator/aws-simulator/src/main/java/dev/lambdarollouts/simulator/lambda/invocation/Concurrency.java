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
  private final Map<LambdaFunction, Places> byFunction = new WeakHashMap<>();

  /** How a run came in. */
  enum Admission {
    ON_DEMAND,
    PROVISIONED,
    /** On demand, though its version has provisioned concurrency: all of that is taken. */
    SPILLOVER
  }

  /** Takes a place for a run, or gives null when there is none. */
  @Nullable Admission enter(LambdaFunction function, String version, Instant at) {
    Places places = places(function);
    int allocated = function.allocatedOn(version);
    if (places.provisioned(version).taken(at) < allocated) {
      places.provisioned(version).running++;
      return Admission.PROVISIONED;
    }
    Integer reserved = function.reservedConcurrency();
    if (reserved != null
        && places.onDemand.taken(at) >= reserved - function.provisionedConcurrency()) {
      return null;
    }
    places.onDemand.running++;
    return allocated > 0 ? Admission.SPILLOVER : Admission.ON_DEMAND;
  }

  /** The run's caller has its answer. */
  void leave(LambdaFunction function, String version, Admission admission) {
    pool(function, version, admission).running--;
  }

  /** The run goes on until then in simulated time. */
  void leaveAt(LambdaFunction function, String version, Admission admission, Instant end) {
    Pool pool = pool(function, version, admission);
    pool.running--;
    pool.ends.add(end);
  }

  private Pool pool(LambdaFunction function, String version, Admission admission) {
    Places places = places(function);
    return admission == Admission.PROVISIONED ? places.provisioned(version) : places.onDemand;
  }

  private Places places(LambdaFunction function) {
    return byFunction.computeIfAbsent(function, key -> new Places());
  }

  /** The places of one function: on demand for all versions, provisioned for each. */
  private static final class Places {
    private final Pool onDemand = new Pool();
    private final Map<String, Pool> provisioned = new HashMap<>();

    Pool provisioned(String version) {
      return provisioned.computeIfAbsent(version, key -> new Pool());
    }
  }

  private static final class Pool {
    private final PriorityQueue<Instant> ends = new PriorityQueue<>();
    private int running;

    int taken(Instant at) {
      for (Instant end = ends.peek(); end != null && !end.isAfter(at); end = ends.peek()) {
        ends.remove();
      }
      return running + ends.size();
    }
  }
}
