package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.jspecify.annotations.Nullable;

/**
 * A function that others publish becomes ours, by its tags, before an attempt goes on; and what is
 * not there is never published here.
 */
final class ClaimRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    if (situation.seen().elsewhere() == null
        || progress.phase() != StagePhase.DEPLOYING
        || candidate == null) {
      return null;
    }
    if (situation.seen().candidate() instanceof VersionFact.NotPublished) {
      return Step.hold(
          progress,
          "the version of release "
              + candidate.release()
              + " is gone, and it is not published here: publish another one, or name another in"
              + " spec.code.published.version");
    }
    return candidate.version() == null ? claim(situation) : null;
  }

  /** What has to happen before the function is ours; absent when it is. */
  static @Nullable Step claim(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().function()) {
      case FunctionFact.Claimed claimed -> null;
      case FunctionFact.Unclaimed unclaimed ->
          Step.act(
              new Decision.Claim(),
              progress,
              "the function is nobody's: tags it as this rollout's");
      case FunctionFact.OwnedByAnother(String owner) ->
          Step.stalled(progress, "OwnedByAnother", owner);
      case FunctionFact.Unknown(var failure) ->
          Step.hold(progress, "cannot see whose the function is (" + failure + ")");
      case FunctionFact.Absent absent ->
          Step.hold(progress, "the function is gone, and it is not created here");
      case FunctionFact.NotRead notRead -> looks(progress);
      // Read before the spec said that others publish it.
      case FunctionFact.Settling settling -> looks(progress);
      case FunctionFact.Behind behind -> looks(progress);
      case FunctionFact.Ready ready -> looks(progress);
    };
  }

  /** Then {@link OwnershipRule} tells. */
  static boolean isAnothers(Situation situation) {
    return situation.seen().ownedBy() != null
        || situation.seen().function() instanceof FunctionFact.OwnedByAnother;
  }

  private static Step looks(Progress progress) {
    return Step.hold(progress, "looks whose the function is");
  }
}
