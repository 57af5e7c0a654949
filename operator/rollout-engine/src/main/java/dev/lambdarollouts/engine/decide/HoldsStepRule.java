package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.jspecify.annotations.Nullable;

/**
 * A step that is due waits for the window: the first one always, a later one under {@code
 * onWindowClose: Hold}. What goes back, alarms and the bake do not come by here.
 */
final class HoldsStepRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    ClosedGate closed = closed(situation);
    if (closed == null) {
      return null;
    }
    Progress progress = situation.progress();
    // The deadline counts from there, and people see when the next step comes.
    return closed.hold(
        progress.with().nextStepAt(closed.opensAt()).build(),
        progress.weight() + " on " + situation.candidateText() + ", holds: ");
  }

  static @Nullable ClosedGate closed(Situation situation) {
    Progress progress = situation.progress();
    return progress.phase() == StagePhase.SHIFTING
            && progress.pause() == null
            && progress.entry() instanceof Entry.SetWeight
        ? ClosedGate.inMidCourse(situation)
        : null;
  }
}
