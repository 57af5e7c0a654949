package dev.lambdarollouts.controllers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrometerRolloutMetricsTest {
  private static final ObjectKey HELLO = new ObjectKey("shop", "hello");
  private static final ReleaseId RELEASE = new ReleaseId("1-bb");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerRolloutMetrics metrics = new MicrometerRolloutMetrics(registry);
  private Progress progress =
      Progress.BLANK
          .with()
          .phase(StagePhase.SHIFTING)
          .candidate(new Candidate(RELEASE, null, new VersionNumber("8"), null))
          .build();

  private void becomes(Progress next) {
    metrics.changed(HELLO, "prod", new Transition(progress, next, "why"));
    metrics.stands(HELLO, "prod", next);
    progress = next;
  }

  private double count(String name) {
    return registry.find(name).counters().stream().mapToDouble(one -> one.count()).sum();
  }

  @Test
  void stepsUpAreCountedAndTheWayBackIsARollbackWithItsCause() {
    becomes(progress.with().weight(Weight.ofPercent(10)).build());
    becomes(progress.with().weight(Weight.ofPercent(50)).build());
    assertThat(registry.get("lambda.rollouts.stage.weight").gauge().value()).isEqualTo(50);

    becomes(
        progress
            .with()
            .phase(StagePhase.ROLLING_BACK)
            .reject(
                new Rejection(
                    RELEASE,
                    Instant.EPOCH,
                    StagePhase.ROLLED_BACK,
                    new Cause(Cause.Type.ALARM, "errors", "fired")))
            .build());
    becomes(progress.with().phase(StagePhase.ROLLED_BACK).weight(Weight.NONE).build());

    assertThat(count("lambda.rollouts.steps")).isEqualTo(2);
    assertThat(registry.get("lambda.rollouts.rollbacks").tag("cause", "Alarm").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("lambda.rollouts.rejections").tag("cause", "Alarm").counter().count())
        .isEqualTo(1);
    assertThat(
            registry.get("lambda.rollouts.stage.phase").tag("phase", "RolledBack").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void makingWayForAnotherReleaseIsARollbackAndNoRejection() {
    becomes(progress.with().weight(Weight.ofPercent(10)).build());
    becomes(progress.with().phase(StagePhase.ROLLING_BACK).build());

    assertThat(
            registry.get("lambda.rollouts.rollbacks").tag("cause", "Superseded").counter().count())
        .isEqualTo(1);
    assertThat(count("lambda.rollouts.rejections")).isZero();
  }

  @Test
  void theSeriesOfARolloutGoAwayWithIt() {
    metrics.changed(
        HELLO,
        "prod",
        new Transition(
            progress, progress.with().weight(Weight.ofPercent(10)).build(), "first of all"));
    metrics.forget(HELLO);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactly("lambda.rollouts.reconcile");
  }
}
