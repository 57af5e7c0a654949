package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.progress.Progress;
import java.util.HashSet;
import java.util.Set;

/**
 * What is remembered of a new observation before anything is decided: nothing of it moves the
 * stage.
 */
final class Housekeeping {
  private Housekeeping() {}

  /** The history cut to what is kept; not while nobody can say how much that is. */
  static Progress trim(Progress progress, Observation seen) {
    Revisions.Retention retention = seen.revisions().retention();
    return retention == null ? progress : progress.with().trimHistory(retention.window()).build();
  }

  /** The desired release noted, and alarms that were seen OK excused no longer. */
  static Progress tidy(Progress recorded, Observation seen) {
    Progress progress = recorded;
    if (seen.desired() instanceof DesiredRelease.Known desired
        && !desired.id().equals(progress.desired())) {
      progress = progress.with().desired(desired.id()).build();
    }
    Set<String> recovered = AlarmHealth.of(progress, seen).recovered();
    if (!recovered.isEmpty()) {
      Set<String> excused = new HashSet<>(progress.excused());
      excused.removeAll(recovered);
      progress = progress.with().excused(excused).build();
    }
    return progress;
  }
}
