package dev.lambdarollouts.simulator.lambda.function;

import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All functions of all accounts and regions, and the time that their states take. Guarded by the
 * timeline's lock.
 */
public final class Functions {
  private final Timeline timeline;
  private final RandomGenerator random;
  private final LambdaTimes times;
  private final Map<Location, NavigableMap<String, LambdaFunction>> byLocation = new HashMap<>();

  /** Next version numbers by ARN; they outlive the function, as in AWS. */
  private final Map<String, Integer> nextVersions = new HashMap<>();

  private final Map<String, Failure> failures = new HashMap<>();

  public Functions(Timeline timeline, RandomGenerator random, LambdaTimes times) {
    this.timeline = timeline;
    this.random = random;
    this.times = times;
  }

  /** How the next change of a function shall end. */
  public record Failure(String reasonCode, String reason) {}

  public NavigableMap<String, LambdaFunction> in(Location location) {
    return byLocation.computeIfAbsent(location, key -> new TreeMap<>());
  }

  public Map<Location, NavigableMap<String, LambdaFunction>> all() {
    return byLocation;
  }

  public @Nullable LambdaFunction find(Location location, String name) {
    return in(location).get(name);
  }

  /** The function, or AWS' words for the ARN that was asked for. */
  public LambdaFunction get(Location location, FunctionReference reference) {
    LambdaFunction function = find(location, reference.name());
    if (function == null) {
      throw LambdaErrors.functionNotFound(reference.arn(location));
    }
    return function;
  }

  /** What the reference leads to, or AWS' words for the ARN that was asked for. */
  public FunctionVersion version(Location location, FunctionReference reference) {
    FunctionVersion version = get(location, reference).qualified(reference.qualifier());
    if (version == null) {
      throw LambdaErrors.functionNotFound(reference.arn(location));
    }
    return version;
  }

  public String nextVersion(String functionArn) {
    return String.valueOf(nextVersions.merge(functionArn, 1, Integer::sum));
  }

  /** The last numbers given, by function ARN. */
  Map<String, Integer> versionNumbers() {
    return nextVersions;
  }

  public String newRevisionId() {
    return newUuid();
  }

  /** The first label of a function URL's host. */
  public String newUrlId() {
    return (newUuid() + newUuid()).replace("-", "").substring(0, 32);
  }

  public String newUuid() {
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }

  /** Lets a version that is being created or updated come to rest when its time has passed. */
  public void settleLater(LambdaFunction function, FunctionVersion version, Instant from) {
    Duration wait = version.isPending() ? times.creation() : times.update();
    later(from.plus(wait), at -> settle(function, version));
  }

  /** Runs what changes functions when its time has come. */
  public void later(Instant when, Timeline.Due change) {
    timeline.schedule(when, at -> timeline.exclusively(() -> change.run(at)));
  }

  public LambdaTimes times() {
    return times;
  }

  /**
   * Invocations follow a changed alias when the change has reached them.
   *
   * @param after what they shall follow, which Lambda may hold back from what the API shows
   */
  public void propagate(LambdaFunction function, Alias before, Alias after, Instant from) {
    if (times.aliasPropagation().isZero()) {
      function.routeBy(after);
      return;
    }
    function.routeBy(function.routing(before.name(), before));
    later(from.plus(times.aliasPropagation()), at -> function.routeBy(after));
  }

  /** The next creation or update of that function ends as failed. */
  public void failNext(String functionArn, String reasonCode, String reason) {
    failures.put(functionArn, new Failure(reasonCode, reason));
  }

  private void settle(LambdaFunction function, FunctionVersion version) {
    Failure failure = failures.remove(function.arn());
    if (failure == null) {
      version.settle(newRevisionId());
    } else {
      version.fail(failure.reasonCode(), failure.reason(), newRevisionId());
    }
  }
}
