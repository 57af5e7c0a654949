package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;

/**
 * How urgent a stage's calls are, and how long after a failure the next one waits at most.
 *
 * @param read before which other stages' reads this one goes
 * @param longest between two tries of the same call
 */
public record Patience(Urgency read, Duration longest) {
  private static final Patience GOING_BACK = new Patience(Urgency.ROLLBACK, Duration.ofSeconds(5));
  private static final Patience SHIFTING = new Patience(Urgency.SHIFT, Duration.ofSeconds(60));
  private static final Patience DEPLOYING = new Patience(Urgency.DEPLOY, Duration.ofSeconds(60));
  private static final Patience AT_REST = new Patience(Urgency.DRIFT_CHECK, Duration.ofMinutes(10));

  /** What befits a stage. */
  public static Patience of(Progress progress, Observation.Deletion deletion) {
    StagePhase phase = progress.phase();
    if (deletion != Observation.Deletion.NO || phase == StagePhase.ROLLING_BACK) {
      return GOING_BACK;
    }
    if (phase.mayHaveTraffic()) {
      return SHIFTING;
    }
    return phase.atRest() ? AT_REST : DEPLOYING;
  }
}
