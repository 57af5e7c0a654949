package dev.lambdarollouts.controllers.metrics;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code lambda_rollouts_stage_phase} (the phase that a stage is in, as a tag), {@code
 * lambda_rollouts_stage_weight} (percent), {@code lambda_rollouts_steps_total}, {@code
 * lambda_rollouts_rollbacks_total} by cause, {@code lambda_rollouts_reconcile_seconds}.
 */
public final class MicrometerRolloutMetrics implements RolloutMetrics {
  private static final String PREFIX = "lambda.rollouts.";

  private final MeterRegistry registry;
  private final Timer passes;
  private final Map<ObjectKey, Map<String, Stage>> stages = new HashMap<>();

  public MicrometerRolloutMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.passes =
        Timer.builder(PREFIX + "reconcile")
            .description("How long a pass over a rollout takes")
            .register(registry);
  }

  /** The series of one stage. */
  private static final class Stage {
    final Tags tags;
    final List<Meter> meters = new ArrayList<>();
    @Nullable Meter phase;
    volatile double weight;

    Stage(Tags tags) {
      this.tags = tags;
    }
  }

  @Override
  public synchronized void stands(ObjectKey rollout, String stage, Progress progress) {
    Stage series = series(rollout, stage);
    if (series.phase == null
        || !progress.phase().toString().equals(series.phase.getId().getTag("phase"))) {
      remove(series.phase);
      series.phase =
          Gauge.builder(PREFIX + "stage.phase", () -> 1)
              .description("The phase that the stage is in")
              .tags(series.tags.and("phase", progress.phase().toString()))
              .register(registry);
    }
    series.weight = progress.weight().hundredths() / 100.0;
  }

  @Override
  public synchronized void changed(ObjectKey rollout, String stage, Transition transition) {
    Stage series = series(rollout, stage);
    Progress from = transition.from();
    Progress to = transition.to();
    if (to.weight().compareTo(from.weight()) > 0 && to.phase().mayHaveTraffic()) {
      count(series, "steps", "Weights that were confirmed", series.tags);
    }
    for (Rejection rejection : to.rejected()) {
      if (from.rejectionOf(rejection.release()) == null) {
        Cause.Type cause = rejection.cause().type();
        count(
            series,
            "rollbacks",
            "Releases that were taken back, by cause",
            series.tags.and("cause", cause.toString()));
      }
    }
  }

  @Override
  public void passed(Duration took) {
    passes.record(took);
  }

  @Override
  public synchronized void forget(ObjectKey rollout, String stage) {
    Map<String, Stage> all = stages.getOrDefault(rollout, Map.of());
    Stage series = all.get(stage);
    if (series != null) {
      remove(series);
      all.remove(stage);
    }
  }

  @Override
  public synchronized void forget(ObjectKey rollout) {
    Map<String, Stage> all = stages.remove(rollout);
    if (all != null) {
      all.values().forEach(this::remove);
    }
  }

  private void remove(Stage series) {
    series.meters.forEach(registry::remove);
    remove(series.phase);
  }

  private void remove(@Nullable Meter meter) {
    if (meter != null) {
      registry.remove(meter);
    }
  }

  private Stage series(ObjectKey rollout, String stage) {
    return stages
        .computeIfAbsent(rollout, key -> new HashMap<>())
        .computeIfAbsent(stage, name -> register(rollout, name));
  }

  private Stage register(ObjectKey rollout, String stage) {
    Stage series =
        new Stage(
            Tags.of("namespace", rollout.namespace(), "rollout", rollout.name(), "stage", stage));
    series.meters.add(
        Gauge.builder(PREFIX + "stage.weight", series, one -> one.weight)
            .description("The candidate's share of traffic as last confirmed, in percent")
            .tags(series.tags)
            .register(registry));
    return series;
  }

  private void count(Stage series, String name, String description, Tags tags) {
    Counter counter =
        Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
    counter.increment();
    if (!series.meters.contains(counter)) {
      series.meters.add(counter);
    }
  }
}
