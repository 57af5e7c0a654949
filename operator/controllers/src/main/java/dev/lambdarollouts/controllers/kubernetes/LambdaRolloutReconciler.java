package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.LoopPorts;
import dev.lambdarollouts.controllers.loop.PassOutcome;
import dev.lambdarollouts.controllers.loop.Promotions;
import dev.lambdarollouts.controllers.loop.RolloutLoop;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.controllers.metrics.RolloutMetrics;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.TimeSource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shell: JOSDK says when, {@link RolloutLoop} does it. JOSDK's own rescheduling is not used; when
 * to look again follows from what is recorded, on the process' one time.
 */
final class LambdaRolloutReconciler implements Reconciler<LambdaRollout>, Cleaner<LambdaRollout> {
  private final ControllerSettings settings;
  private final AwsPort aws;
  private final TimeSource time;
  private final RolloutMetrics metrics;
  private final String installation;
  private final Supplier<Instant> leaderSince;
  private final Promotions promotions;
  private @Nullable Running running;

  /** What there is once JOSDK has made the caches. */
  private record Running(RolloutLoop loop, WakeUps wakeUps) {}

  LambdaRolloutReconciler(
      ControllerSettings settings,
      AwsPort aws,
      TimeSource time,
      RolloutMetrics metrics,
      String installation,
      Supplier<Instant> leaderSince,
      Promotions promotions) {
    this.settings = settings;
    this.aws = aws;
    this.time = time;
    this.metrics = metrics;
    this.installation = installation;
    this.leaderSince = leaderSince;
    this.promotions = promotions;
  }

  @Override
  public List<EventSource<?, LambdaRollout>> prepareEventSources(
      EventSourceContext<LambdaRollout> context) {
    RolloutSources sources = new RolloutSources(context, settings);
    KubernetesCluster cluster = new KubernetesCluster(context.getClient(), sources, settings);
    running =
        new Running(
            new RolloutLoop(
                new LoopPorts(
                    cluster,
                    cluster,
                    aws,
                    time,
                    metrics,
                    installation,
                    settings.driftCheckInterval(),
                    leaderSince),
                promotions,
                sources::wake),
            new WakeUps(time, sources::wake));
    return sources.all();
  }

  @Override
  public UpdateControl<LambdaRollout> reconcile(
      LambdaRollout rollout, Context<LambdaRollout> context) {
    pass(rollout);
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(LambdaRollout rollout, Context<LambdaRollout> context) {
    return pass(rollout).letGo()
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval();
  }

  private PassOutcome pass(LambdaRollout rollout) {
    Running parts = running;
    if (parts == null) {
      throw new IllegalStateException("a reconcile before the event sources were prepared");
    }
    long began = System.nanoTime();
    ObjectKey key = ObjectKey.of(rollout);
    PassOutcome outcome = parts.loop.pass(rollout);
    metrics.passed(Duration.ofNanos(System.nanoTime() - began));
    if (outcome.again()) {
      parts.wakeUps.now(key);
    } else {
      parts.wakeUps.at(key, outcome.wakeAt());
    }
    return outcome;
  }
}
