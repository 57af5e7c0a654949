package dev.lambdarollouts.controllers.metrics;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rollouts as meters: {@code lambda.rollouts.stage.phase} (1 for the phase that it is in), {@code
 * .weight} (percent), {@code .steps}, {@code .rollbacks} by cause, and {@code
 * lambda.rollouts.reconcile}. A series goes away with its stage.
 */
public final class MicrometerRolloutMetrics implements RolloutMetrics {
  private final MeterRegistry registry;
  private final Timer passes;
  private final Map<Key, Stand> stands = new ConcurrentHashMap<>();

  private record Key(ObjectKey rollout, String stage) {}

  /** A stage's newest progress, which its gauges read, and its meters. */
  private static final class Stand {
    private volatile Progress progress;
    private final List<Meter> meters = new ArrayList<>();

    Stand(Progress progress) {
      this.progress = progress;
    }
  }

  public MicrometerRolloutMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.passes =
        Timer.builder("lambda.rollouts.reconcile")
            .description("time that a pass over a rollout takes")
            .register(registry);
  }

  @Override
  public void stands(ObjectKey rollout, String stage, Progress progress) {
    stands.computeIfAbsent(new Key(rollout, stage), key -> made(key, progress)).progress = progress;
  }

  private Stand made(Key key, Progress progress) {
    Stand stand = new Stand(progress);
    for (StagePhase phase : StagePhase.values()) {
      stand.meters.add(
          Gauge.builder(
                  "lambda.rollouts.stage.phase", () -> stand.progress.phase() == phase ? 1 : 0)
              .description("1 for the phase that the stage is in, else 0")
              .tags(tags(key).and("phase", phase.toString()))
              .register(registry));
    }
    stand.meters.add(
        Gauge.builder(
                "lambda.rollouts.stage.weight", () -> stand.progress.weight().hundredths() / 100.0)
            .description("the candidate's share of traffic, percent")
            .tags(tags(key))
            .register(registry));
    return stand;
  }

  @Override
  public void changed(ObjectKey rollout, String stage, Transition transition) {
    Key key = new Key(rollout, stage);
    Progress from = transition.from();
    Progress to = transition.to();
    // What is counted goes away with it.
    stands.computeIfAbsent(key, name -> made(name, to));
    if (to.weight().compareTo(from.weight()) > 0) {
      count(key, "lambda.rollouts.steps", "confirmed steps up of the candidate", Tags.empty());
    }
    if (to.phase() == StagePhase.ROLLING_BACK && from.phase() != StagePhase.ROLLING_BACK) {
      count(
          key,
          "lambda.rollouts.rollbacks",
          "traffic taken off a candidate, by cause",
          Tags.of("cause", cause(to)));
    }
    Candidate candidate = to.candidate();
    Rejection rejection = candidate == null ? null : to.rejectionOf(candidate.release());
    if (rejection != null && !rejection.equals(from.rejectionOf(rejection.release()))) {
      count(
          key,
          "lambda.rollouts.rejections",
          "releases that were rejected, before traffic or after, by cause",
          Tags.of("cause", rejection.cause().type().toString()));
    }
  }

  private static String cause(Progress goingBack) {
    Candidate candidate = goingBack.candidate();
    Rejection rejection = candidate == null ? null : goingBack.rejectionOf(candidate.release());
    return rejection == null ? "Superseded" : rejection.cause().type().toString();
  }

  private void count(Key key, String name, String description, Tags more) {
    Counter counter =
        Counter.builder(name).description(description).tags(tags(key).and(more)).register(registry);
    counter.increment();
    Stand stand = stands.get(key);
    if (stand != null && !stand.meters.contains(counter)) {
      stand.meters.add(counter);
    }
  }

  private static Tags tags(Key key) {
    return Tags.of(
        "namespace", key.rollout().namespace(),
        "rollout", key.rollout().name(),
        "stage", key.stage());
  }

  @Override
  public void passed(Duration took) {
    passes.record(took);
  }

  @Override
  public void forget(ObjectKey rollout, String stage) {
    Stand stand = stands.remove(new Key(rollout, stage));
    if (stand != null) {
      stand.meters.forEach(registry::remove);
    }
  }

  @Override
  public void forget(ObjectKey rollout) {
    stands.keySet().stream()
        .filter(key -> key.rollout().equals(rollout))
        .forEach(key -> forget(rollout, key.stage()));
  }
}
