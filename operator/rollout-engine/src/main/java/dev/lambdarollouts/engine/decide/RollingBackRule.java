package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes on until a read confirms that the candidate has no traffic; needs nothing but the alias, has
 * no deadline, and is tried for ever.
 */
final class RollingBackRule implements Rule {
  /** The reason of Stalled while AWS refuses what takes traffic back. */
  static final String BLOCKED = "RollbackBlocked";

  /** The calls that going back is made of. */
  private static final Set<String> WAY_BACK =
      Set.of("UpdateAlias", "GetAlias", "GetCallerIdentity");

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (progress.phase() != StagePhase.ROLLING_BACK) {
      return null;
    }
    Stable stable = progress.stable();
    VersionNumber candidate = situation.candidateVersion();
    if (stable == null || candidate == null) {
      throw new IllegalStateException("RollingBack without stable or candidate");
    }
    String going = "rolling back to version " + stable.version() + because(progress);
    return switch (situation.seen().alias()) {
      case AliasFact.NotRead notRead -> Step.act(new Decision.ReadAlias(), progress, going);
      case AliasFact.Unknown(var failure) -> blocked(situation, failure, going);
      case AliasFact.Missing missing ->
          Step.become(settled(situation), "the alias is gone: the candidate has no traffic");
      case AliasFact.Present present -> {
        if (!isBack(progress, present.target(), stable, candidate)) {
          Step step = blocked(situation, ofTheWayBack(situation), going);
          yield new Step(
              new Decision.RollBack(
                  AliasTarget.only(stable.version()),
                  situation.markTakenBack(),
                  present.revisionId()),
              progress,
              step.why(),
              null,
              step.stalled());
        }
        if (progress.weight().isNone()) {
          yield fence(situation, present, going);
        }
        yield present.source() == AliasFact.Source.REPLY
            ? Step.act(new Decision.ReadAlias(), progress, going)
            : Step.become(
                settled(situation),
                "rolled back: the alias is on " + present.target() + because(progress));
      }
    };
  }

  /** A person's RollBack names where to go; all else only takes the candidate's traffic away. */
  private static boolean isBack(
      Progress progress, AliasTarget target, Stable stable, VersionNumber candidate) {
    return GoingBack.isOrdered(progress)
        ? target.equals(AliasTarget.only(stable.version()))
        : target.weightOf(candidate).isNone();
  }

  /**
   * The first shift may still be on its way from a leader that was deposed between decision and
   * call. A write that moves nothing makes the RevisionId another one, so that it is refused; the
   * reply to it confirms what stands.
   */
  private static Step fence(Situation situation, AliasFact.Present present, String going) {
    boolean ours =
        present.source() == AliasFact.Source.REPLY
            && situation.markTakenBack().equals(present.mark());
    return ours
        ? Step.become(settled(situation), "rolled back: the alias is on " + present.target())
        : Step.act(
            new Decision.RollBack(
                present.target(), situation.markTakenBack(), present.revisionId()),
            situation.progress(),
            going);
  }

  private static Progress settled(Situation situation) {
    return Attempt.settle(situation.progress(), situation.seen().at());
  }

  /** AWS refuses the way back, by its last answer. */
  static boolean isRefused(Situation situation) {
    AwsFailure failure = ofTheWayBack(situation);
    return failure != null && failure.isRefusal();
  }

  /** What was refused of another call before it does not stand in its way. */
  private static @Nullable AwsFailure ofTheWayBack(Situation situation) {
    AwsFailure failure = situation.seen().lastFailure();
    return failure != null && WAY_BACK.contains(failure.operation()) ? failure : null;
  }

  /** A refusal is told as such; a mere outage is waited out. */
  private static Step blocked(Situation situation, @Nullable AwsFailure failure, String why) {
    if (failure == null) {
      return Step.hold(situation.progress(), why);
    }
    return failure.isRefusal()
        ? Step.stalled(
            situation.progress(),
            BLOCKED,
            why + "; AWS refuses it: " + failure + GoingBack.waysOut(situation))
        : Step.hold(situation.progress(), why + "; tried again after " + failure);
  }

  private static String because(Progress progress) {
    Candidate candidate = progress.candidate();
    Rejection rejection = candidate == null ? null : progress.rejectionOf(candidate.release());
    return rejection == null
        ? " (another release is due)"
        : " (" + rejection.cause().message() + ")";
  }
}
