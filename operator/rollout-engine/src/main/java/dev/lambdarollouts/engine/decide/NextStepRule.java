package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.jspecify.annotations.Nullable;

/**
 * The next weight: reached only where everything above is content, so every watched alarm is known
 * to be healthy.
 */
final class NextStepRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Plan plan = progress.plan();
    if (progress.phase() != StagePhase.SHIFTING || plan == null) {
      return null;
    }
    if (!(progress.entry() instanceof Entry.SetWeight(Weight weight))) {
      return progress.entry() == null
          ? Step.become(
              progress.with().phase(StagePhase.POST_TRAFFIC).build(),
              "all traffic is on " + situation.candidateText())
          : null;
    }
    if (!situation.alarms().isHealthy()) {
      // Nothing of the candidate to take back yet, and no certainty either.
      return Step.hold(progress, "holds before the first request: " + situation.alarms().why());
    }
    if (situation.alarms().firedEarly()) {
      // The start is the moment when traffic first moves; what fired before it blocks no more.
      return Step.become(
          progress.with().stepStartedAt(situation.seen().at()).build(),
          "an alarm fired and recovered before the first request");
    }
    AliasTarget target = situation.targetAt(weight);
    AliasMark mark =
        weight.isAll() && plan.bakeTime().isZero()
            ? situation.markPromoted()
            : situation.markUnderWay();
    String why = weight + " to " + situation.candidateText();
    return switch (situation.seen().alias()) {
      case AliasFact.Present present ->
          Step.act(
              weight.isAll()
                  ? new Decision.Promote(target, mark, present.revisionId())
                  : new Decision.ShiftTo(target, mark, present.revisionId()),
              progress,
              why);
      case AliasFact.Missing missing ->
          Step.act(new Decision.CreateAlias(target, mark), progress, why);
      case AliasFact.NotRead notRead -> Step.act(new Decision.ReadAlias(), progress, why);
      case AliasFact.Unknown(var failure) -> Step.hold(progress, why + ": waits, " + failure);
    };
  }
}
