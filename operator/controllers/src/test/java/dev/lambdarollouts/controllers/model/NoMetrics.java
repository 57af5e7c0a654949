package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.metrics.RolloutMetrics;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;

/** Measures nothing. */
final class NoMetrics implements RolloutMetrics {
  @Override
  public void stands(ObjectKey rollout, String stage, Progress progress) {}

  @Override
  public void changed(ObjectKey rollout, String stage, Transition transition) {}

  @Override
  public void passed(Duration took) {}

  @Override
  public void forget(ObjectKey rollout, String stage) {}

  @Override
  public void forget(ObjectKey rollout) {}
}
