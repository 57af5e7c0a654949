package dev.lambdarollouts.controllers.metrics;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;

/** What is measured. Everything about a rollout goes away with it. */
public interface RolloutMetrics {

  /** Where a stage stands now. */
  void stands(ObjectKey rollout, String stage, Progress progress);

  /** A change of a stage was recorded. */
  void changed(ObjectKey rollout, String stage, Transition transition);

  /** A pass over a rollout took this long, on the wall's clock. */
  void passed(Duration took);

  /** A stage is gone. */
  void forget(ObjectKey rollout, String stage);

  /** A rollout is gone. */
  void forget(ObjectKey rollout);
}
