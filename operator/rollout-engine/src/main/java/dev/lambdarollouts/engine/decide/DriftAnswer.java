package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a foreign move beyond telling of it: Revert restores what was recorded, Adopt
 * takes the alias' version as stable, and a person's Resume restores whatever the policy says.
 */
final class DriftAnswer {
  private final Situation situation;
  private final Progress progress;
  private final String moved;

  private DriftAnswer(Situation situation, String moved) {
    this.situation = situation;
    this.progress = situation.progress();
    this.moved = moved;
  }

  /** Absent where it is held and told. */
  static @Nullable Step of(Situation situation, String moved) {
    DriftAnswer answer = new DriftAnswer(situation, moved);
    if (situation.seen().paused() != null) {
      return null;
    }
    if (isResumed(answer.progress)) {
      return answer.resume();
    }
    Pause pause = answer.progress.pause();
    if (pause != null && pause.reason() == Pause.Reason.ACTION_PAUSE) {
      return null;
    }
    return switch (situation.seen().policies().drift()) {
      case PAUSE -> null;
      case REVERT -> answer.revert();
      case ADOPT -> answer.adopt();
    };
  }

  /** A person's Resume is recorded as the end of the pause. */
  static boolean isResumed(Progress progress) {
    Pause pause = progress.pause();
    return pause != null && pause.reason() == Pause.Reason.DRIFT && pause.until() != null;
  }

  private @Nullable Step resume() {
    if (!raisesTheCandidate() || situation.alarms().isHealthy()) {
      return restore("restores it, for a person said so");
    }
    return Step.hold(
        progress, moved + "; it is restored once " + situation.alarms().why() + " ends");
  }

  private @Nullable Step revert() {
    return raisesTheCandidate() || isLeftByAPerson()
        ? null
        : restore("restores it (driftPolicy Revert)");
  }

  private @Nullable Step restore(String what) {
    AliasTarget recorded = DriftRule.recordedTarget(situation);
    if (recorded == null) {
      return null;
    }
    AliasMark mark =
        progress.mayHaveTraffic() ? situation.markUnderWay() : situation.markTakenBack();
    Decision decision =
        situation.seen().alias() instanceof AliasFact.Present present
            ? new Decision.Restore(recorded, mark, present.revisionId())
            : new Decision.CreateAlias(recorded, mark);
    return Step.act(
        decision, DriftRule.drifted(progress, situation.seen().at()), moved + "; " + what);
  }

  private boolean raisesTheCandidate() {
    VersionNumber candidate = situation.candidateVersion();
    AliasTarget recorded = DriftRule.recordedTarget(situation);
    if (candidate == null || recorded == null) {
      return false;
    }
    Weight is =
        situation.alias() == null ? Weight.NONE : situation.alias().target().weightOf(candidate);
    return recorded.weightOf(candidate).compareTo(is) > 0;
  }

  /** A rollback by hand is left where that person put it, under every policy. */
  private boolean isLeftByAPerson() {
    Candidate candidate = progress.candidate();
    Rejection rejection =
        candidate == null || !progress.phase().isRejection()
            ? null
            : progress.rejectionOf(candidate.release());
    return rejection != null && rejection.cause().type() == Cause.Type.DRIFT;
  }

  /** Only one whole, published version can be stable. */
  private @Nullable Step adopt() {
    AliasFact.Present alias = situation.alias();
    Stable replaced = progress.stable();
    if (alias == null
        || replaced == null
        || alias.target().additional() != null
        || !alias.target().primary().isPublished()) {
      return null;
    }
    Cause cause =
        new Cause(
            Cause.Type.DRIFT,
            null,
            "somebody else put the alias on "
                + alias.target()
                + ", and it is adopted (driftPolicy Adopt)");
    VersionNumber version = alias.target().primary();
    Progress adopted = adopted(progress, version);
    ReleaseId release = replaced.release();
    if (release == null
        || (adopted.stable() != null && release.equals(adopted.stable().release()))) {
      return Step.become(adopted, cause.message());
    }
    Instant at = situation.seen().at();
    Rejection rejection = new Rejection(release, at, StagePhase.ROLLED_BACK, cause);
    // Its end comes before the promotion of what replaced it.
    Progress left = AttemptHistory.takenBack(progress, rejection, at);
    return Step.become(adopted(left, version).with().reject(rejection).build(), cause.message());
  }

  /** A person who puts the candidate at 100 % promotes it. */
  private Progress adopted(Progress from, VersionNumber version) {
    Progress resumed = Attempt.resume(from, situation.seen().at());
    Candidate candidate = from.candidate();
    if (candidate != null && from.phase().underWay() && version.equals(candidate.version())) {
      return Attempt.succeed(resumed, candidate, situation.seen().at());
    }
    return resumed.with().stable(new Stable(version, releaseOf(version))).build();
  }

  private @Nullable ReleaseId releaseOf(VersionNumber version) {
    return progress.history().stream()
        .filter(entry -> version.equals(entry.version()) && entry.isPromotion())
        .filter(entry -> progress.rejectionOf(entry.release()) == null)
        .findFirst()
        .map(HistoryEntry::release)
        .orElse(null);
  }
}
