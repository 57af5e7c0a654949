package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.progress.Approval;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import java.util.HashSet;
import java.util.List;
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
    progress = withoutLeftApprovals(progress, seen);
    Set<String> recovered = AlarmHealth.of(progress, seen).recovered();
    if (!recovered.isEmpty()) {
      Set<String> excused = new HashSet<>(progress.excused());
      excused.removeAll(recovered);
      progress = progress.with().excused(excused).build();
    }
    return progress;
  }

  /** An approval is of the candidate or of what is desired; the stage has left all others. */
  private static Progress withoutLeftApprovals(Progress progress, Observation seen) {
    if (!(seen.desired() instanceof DesiredRelease.Known desired)) {
      return progress;
    }
    Candidate candidate = progress.phase().underWay() ? progress.candidate() : null;
    List<Approval> kept =
        progress.approvals().stream()
            .filter(
                one ->
                    one.release().equals(desired.id())
                        || (candidate != null && one.release().equals(candidate.release())))
            .toList();
    return kept.size() == progress.approvals().size()
        ? progress
        : progress.with().approvals(kept).build();
  }
}
