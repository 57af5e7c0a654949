package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The alias stands where the current entry wants it: that moment is remembered, timers count from
 * it. Not before it is known what the alarms did since the entry began: what is remembered here
 * ends the time that their history is asked about.
 */
final class ConfirmStepRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (progress.phase() != StagePhase.SHIFTING
        || !(progress.entry() instanceof Entry.SetWeight(Weight weight))) {
      return null;
    }
    AliasFact.Present alias = situation.alias();
    AliasTarget target = situation.targetAt(weight);
    if (alias == null || !alias.target().equals(target)) {
      return null;
    }
    if (!situation.alarms().unknown().isEmpty()) {
      return null;
    }
    Instant confirmed = later(alias.at(), progress.stepStartedAt());
    Progress stands = progress.with().weight(weight).stepStartedAt(confirmed).build();
    Progress next = Attempt.advance(stands, confirmed, situation.seen().at());
    Plan plan = progress.plan();
    if (plan != null && progress.isFirstRelease()) {
      // Nothing to compare with: whatever steps come after 100% are skipped as well.
      next = next.with().entryIndex(plan.entries().size()).nextStepAt(null).build();
    }
    return Step.become(next, weight + " on " + situation.candidateText());
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }
}
