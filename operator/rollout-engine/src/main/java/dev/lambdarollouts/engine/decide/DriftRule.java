package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else moved the alias. Where that took everything off a candidate that we gave traffic, a
 * person rolled back, and the alias is left where they put it. Else a person's Resume and {@code
 * driftPolicy} say what follows ({@link DriftAnswer}); where they say nothing, or it cannot be
 * done, it holds in place and tells.
 */
final class DriftRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    if (isWhereItShouldBe(situation)) {
      return pause != null && pause.reason() == Pause.Reason.DRIFT ? ended(situation) : null;
    }
    Step transition = AwsTransition.holds(situation);
    if (transition != null) {
      return transition;
    }
    String found =
        situation.seen().alias() instanceof AliasFact.Present present
            ? "on " + present.target()
            : "deleted";
    if (tookAllFromCandidate(situation)) {
      Cause cause =
          new Cause(Cause.Type.DRIFT, null, "somebody else moved the alias: it is " + found);
      return Step.become(Attempt.reject(situation, cause), cause.message());
    }
    String moved =
        "somebody else moved the alias: it is " + found + ", recorded was " + recorded(situation);
    Step answer = DriftAnswer.of(situation, moved);
    return answer != null
        ? answer
        : Step.hold(drifted(progress, situation.seen().at()), moved + remedy(situation));
  }

  /** A drift ends where the alias is seen to be back, not where it cannot be seen. */
  private static Step ended(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().alias()) {
      case AliasFact.NotRead notRead ->
          Step.act(new Decision.ReadAlias(), progress, "looks where the alias is");
      case AliasFact.Unknown(AwsFailure failure) ->
          Step.hold(progress, "holds: cannot see where the alias is (" + failure + ")");
      case AliasFact.Present present -> resumed(situation);
      case AliasFact.Missing missing -> resumed(situation);
    };
  }

  private static Step resumed(Situation situation) {
    Progress progress = situation.progress();
    Instant at = situation.seen().at();
    Progress resumed = Attempt.resume(progress, at);
    return Step.become(
        DriftAnswer.isResumed(progress) ? waitsAnew(resumed, at) : resumed,
        "the alias is back where it was");
  }

  /** A weight that was given again has its whole pause, or bake, before it again. */
  private static Progress waitsAnew(Progress progress, Instant at) {
    Plan plan = progress.plan();
    if (plan != null && progress.phase() == StagePhase.BAKING) {
      return progress.with().nextStepAt(at.plus(plan.bakeTime())).build();
    }
    if (plan == null || progress.phase() != StagePhase.SHIFTING) {
      return progress;
    }
    int from = Math.min(progress.entryIndex(), plan.entries().size() - 1);
    for (int index = from; index >= 0; index--) {
      if (plan.entries().get(index).equals(new Entry.SetWeight(progress.weight()))) {
        return Attempt.advance(progress.with().entryIndex(index).build(), at, at);
      }
    }
    return progress;
  }

  private static String remedy(Situation situation) {
    String abort = situation.progress().phase().underWay() ? ", or Abort" : "";
    return situation.seen().alias() instanceof AliasFact.Present
        ? "; put it back, Resume to restore it" + abort
        : "; create it again, Resume to restore it"
            + abort
            + "; is the whole function gone, delete this LambdaRollout and apply it again";
  }

  /** A pause that a person would have ended by Promote gives way: first the alias. */
  static Progress drifted(Progress progress, Instant at) {
    Pause pause = progress.pause();
    if (pause == null) {
      return Attempt.pause(Attempt.gateClosed(progress), Pause.Reason.DRIFT, at, null);
    }
    return pause.reason() == Pause.Reason.CANARY_PAUSE_STEP
        ? progress.with().pause(new Pause(Pause.Reason.DRIFT, pause.from(), at, null)).build()
        : progress;
  }

  private static String recorded(Situation situation) {
    AliasTarget recorded = recordedTarget(situation);
    return recorded == null ? "none" : recorded.toString();
  }

  /** Where the alias was when it was last confirmed; absent where there was none. */
  static @Nullable AliasTarget recordedTarget(Situation situation) {
    Progress progress = situation.progress();
    boolean traffic = progress.phase().mayHaveTraffic() && situation.candidateVersion() != null;
    if (traffic) {
      return progress.stable() == null && progress.weight().isNone()
          ? null
          : situation.targetAt(progress.weight());
    }
    return progress.stable() == null ? null : AliasTarget.only(progress.stable().version());
  }

  private static boolean tookAllFromCandidate(Situation situation) {
    return situation.progress().phase().mayHaveTraffic()
        && !situation.progress().weight().isNone()
        && situation.seen().alias() instanceof AliasFact.Present
        && !situation.candidateMayHaveTraffic();
  }

  /** As far as is known: what was not read, or could not be, may be anywhere. */
  static boolean isWhereItShouldBe(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().alias()) {
      case AliasFact.NotRead notRead -> true;
      case AliasFact.Unknown unknown -> true;
      case AliasFact.Missing missing -> progress.stable() == null && progress.weight().isNone();
      case AliasFact.Present present -> isExpected(situation, present);
    };
  }

  private static boolean isExpected(Situation situation, AliasFact.Present present) {
    Progress progress = situation.progress();
    boolean traffic = progress.phase().mayHaveTraffic() && situation.candidateVersion() != null;
    if (!traffic && progress.stable() == null) {
      return true;
    }
    return present.target().equals(recordedTarget(situation))
        || present.target().equals(stepTarget(situation));
  }

  /** Where the current step puts the alias: a move there is ours. Absent outside of a step. */
  static @Nullable AliasTarget stepTarget(Situation situation) {
    Progress progress = situation.progress();
    return progress.phase() == StagePhase.SHIFTING
            && situation.candidateVersion() != null
            && progress.entry() instanceof Entry.SetWeight(Weight weight)
        ? situation.targetAt(weight)
        : null;
  }
}
