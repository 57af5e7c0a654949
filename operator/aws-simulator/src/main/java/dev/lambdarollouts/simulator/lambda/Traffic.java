package dev.lambdarollouts.simulator.lambda;

import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.invocation.Invoker;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Steady loads, evenly spaced in simulated time, on functions. */
public final class Traffic {
  private final Timeline timeline;
  private final Invoker invoker;
  private final Location home;
  private final Set<Load> loads = ConcurrentHashMap.newKeySet();

  Traffic(Timeline timeline, Invoker invoker, Location home) {
    this.timeline = timeline;
    this.invoker = invoker;
    this.home = home;
  }

  /** Invocations with an empty object as payload. */
  public Load start(String function, double requestsPerSecond) {
    return start(function, requestsPerSecond, () -> "{}");
  }

  /**
   * Starts a load; the first invocation comes at once.
   *
   * @param function an ARN, or {@code name:alias} in the simulator's own account and region
   * @param requestsPerSecond per second of simulated time, above 0
   * @param payload JSON for each invocation
   */
  public Load start(String function, double requestsPerSecond, Supplier<String> payload) {
    Load load = new Load(location(function), reference(function), payload, requestsPerSecond);
    loads.add(load);
    timeline.schedule(timeline.catchUp(), load::fire);
    return load;
  }

  /** Stops all loads. */
  public void stopAll() {
    loads.forEach(Load::stop);
  }

  private Location location(String function) {
    String[] parts = function.split(":", -1);
    return parts.length >= 7 ? new Location(parts[4], parts[3]) : home;
  }

  private static FunctionReference reference(String function) {
    String[] parts = function.split(":", -1);
    int name = parts.length >= 7 ? 6 : 0;
    return new FunctionReference(parts[name], parts.length > name + 1 ? parts[name + 1] : null);
  }

  /** A load that runs. */
  public final class Load {
    private final Location location;
    private final FunctionReference reference;
    private final Supplier<String> payload;
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile double requestsPerSecond;
    private volatile boolean stopped;

    private Load(
        Location location,
        FunctionReference reference,
        Supplier<String> payload,
        double requestsPerSecond) {
      this.location = location;
      this.reference = reference;
      this.payload = payload;
      rate(requestsPerSecond);
    }

    /** Changes how much it is, after the next invocation. */
    public void rate(double newRequestsPerSecond) {
      if (!(newRequestsPerSecond > 0) || newRequestsPerSecond > 100_000) {
        throw new IllegalArgumentException(
            "Requests per second must be above 0 and at most 100000, but are "
                + newRequestsPerSecond);
      }
      requestsPerSecond = newRequestsPerSecond;
    }

    public void stop() {
      stopped = true;
      loads.remove(this);
    }

    /** Invocations that returned. */
    public long succeeded() {
      return succeeded.get();
    }

    /** Invocations that ended with a function error. */
    public long failed() {
      return failed.get();
    }

    /** Invocations that Lambda refused: no such function, throttled, not active. */
    public long refused() {
      return refused.get();
    }

    private void fire(Instant at) {
      if (stopped) {
        return;
      }
      timeline.schedule(at.plusNanos(Math.round(1e9 / requestsPerSecond)), this::fire);
      try {
        Invoker.Target target = invoker.aim(location, reference, at);
        byte[] body = payload.get().getBytes(StandardCharsets.UTF_8);
        Invoker.Run run =
            invoker.run(target, body, UUID.randomUUID().toString(), at, Invoker.Waiting.NOBODY);
        (run.outcome().succeeded() ? succeeded : failed).incrementAndGet();
      } catch (AwsError e) {
        refused.incrementAndGet();
      }
    }
  }
}
