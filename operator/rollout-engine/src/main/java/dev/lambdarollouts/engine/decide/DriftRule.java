package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else moved the alias. Where that took everything off a candidate that we gave traffic, a
 * person rolled back, and the alias is left where they put it; anything else holds in place and
 * tells (driftPolicy Pause).
 */
final class DriftRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    if (isWhereItShouldBe(situation)) {
      return pause != null && pause.reason() == Pause.Reason.DRIFT
          ? Step.become(
              Attempt.resume(progress, situation.seen().at()), "the alias is back where it was")
          : null;
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
    String why =
        "somebody else moved the alias: it is "
            + found
            + ", recorded was "
            + recorded(situation)
            + remedy(situation);
    return Step.hold(drifted(progress, situation.seen().at()), why);
  }

  private static String remedy(Situation situation) {
    String abort = situation.progress().phase().underWay() ? ", or Abort" : "";
    return situation.seen().alias() instanceof AliasFact.Present
        ? "; put it back" + abort
        : "; create it again"
            + abort
            + "; is the whole function gone, delete this LambdaRollout and apply it again";
  }

  /** A pause that a person would have ended by Promote gives way: first the alias. */
  private static Progress drifted(Progress progress, Instant at) {
    Pause pause = progress.pause();
    if (pause == null) {
      return Attempt.pause(Attempt.gateClosed(progress), Pause.Reason.DRIFT, at, null);
    }
    return pause.reason() == Pause.Reason.CANARY_PAUSE_STEP
        ? progress.with().pause(new Pause(Pause.Reason.DRIFT, pause.from(), at, null)).build()
        : progress;
  }

  private static String recorded(Situation situation) {
    Progress progress = situation.progress();
    return progress.stable() == null && situation.candidateVersion() == null
        ? "none"
        : situation.targetAt(progress.weight()).toString();
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
    if (!traffic) {
      return progress.stable() == null
          || present.target().equals(AliasTarget.only(progress.stable().version()));
    }
    if (progress.stable() != null || !progress.weight().isNone()) {
      if (present.target().equals(situation.targetAt(progress.weight()))) {
        return true;
      }
    }
    return progress.phase() == StagePhase.SHIFTING
        && progress.entry() instanceof Entry.SetWeight(Weight weight)
        && present.target().equals(situation.targetAt(weight));
  }
}
