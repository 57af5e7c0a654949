package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.jspecify.annotations.Nullable;

/**
 * A step that is due waits: until traffic first moves for every gate, for they all hold together at
 * that moment; a later one for the window, under {@code onWindowClose: Hold}. The phase stays, for
 * the first shift may be on its way. What goes back, alarms and the bake do not come by here.
 */
final class HoldsStepRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    ClosedGate closed = closed(situation);
    if (closed == null) {
      return null;
    }
    if (closed.kind() == ClosedGate.Kind.APPROVAL) {
      return ApprovalGate.closed(situation);
    }
    Progress progress = situation.progress();
    // The deadline counts from there, and people see when the next step comes.
    return closed.hold(
        progress.with().nextStepAt(closed.opensAt()).gatesOpenSince(null).build(),
        progress.weight().isNone()
            ? "before traffic, " + situation.candidateText() + ": "
            : progress.weight() + " on " + situation.candidateText() + ", holds: ");
  }

  static @Nullable ClosedGate closed(Situation situation) {
    Progress progress = situation.progress();
    if (progress.phase() != StagePhase.SHIFTING
        || progress.pause() != null
        || !(progress.entry() instanceof Entry.SetWeight)) {
      return null;
    }
    // Where the alias cannot be read nothing is known to have moved, and the clock stands on.
    boolean moved =
        !progress.weight().isNone()
            || (situation.alias() != null && situation.candidateMayHaveTraffic());
    return moved ? ClosedGate.inMidCourse(situation) : ClosedGate.beforeFirstShift(situation);
  }
}
