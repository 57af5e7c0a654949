package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something else is desired than what is under way or stands here. A rejection goes before stable's
 * own release; stable's own is due at once; another is due when the stage before stands on it and
 * has soaked. A candidate gives way by way of stable.
 */
final class SupersedeRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    ReleaseId desired = situation.desired();
    if (desired == null) {
      return null;
    }
    if (progress.phase().underWay()) {
      return underWay(situation, desired);
    }
    Rejection rejection = progress.rejectionOf(desired);
    if (rejection != null) {
      return progress.phase() == rejection.phase()
          ? null
          : Step.become(
              progress.with().phase(rejection.phase()).build(),
              "the desired release is rejected: " + rejection.cause().message());
    }
    if (progress.standsOn(desired)) {
      return progress.phase() == StagePhase.SUCCEEDED
          ? null
          : Step.become(
              progress.with().phase(StagePhase.SUCCEEDED).weight(Weight.ALL).build(),
              "stands on the desired release");
    }
    return progress.phase().atRest()
        ? Step.become(
            progress
                .with()
                .phase(StagePhase.PENDING)
                .candidate(null)
                .startedAt(null)
                .weight(Weight.NONE)
                .build(),
            "another release is desired: " + desired)
        : null;
  }

  /**
   * When another release than the one under way is due by its soak; absent when it waits for none.
   */
  static @Nullable Instant dueAt(Situation situation) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    ClosedGate soak = ClosedGate.soak(situation, situation.desired());
    return soak != null
            && candidate != null
            && progress.phase().underWay()
            && !(situation.seen().stageBefore() instanceof StageBefore.NotThere)
            && !candidate.release().equals(situation.desired())
        ? soak.opensAt()
        : null;
  }

  private static @Nullable Step underWay(Situation situation, ReleaseId desired) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    if (candidate == null || candidate.release().equals(desired)) {
      return null;
    }
    boolean due =
        progress.rejectionOf(desired) != null
            || progress.standsOn(desired)
            || (!(situation.seen().stageBefore() instanceof StageBefore.NotThere)
                && ClosedGate.soak(situation, desired) == null)
            || candidate.version() == null;
    return due
        ? Step.become(
            Attempt.supersede(situation),
            situation.candidateText() + " makes way for release " + desired)
        : null;
  }
}
