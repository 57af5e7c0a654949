package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for cannot be done as it stands: nothing advances; alarms and rollback stand before
 * this rule.
 */
final class InvalidRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    return switch (situation.seen().desired()) {
      case DesiredRelease.Known known -> null;
      case DesiredRelease.Invalid(String field, String message) ->
          stalled(situation, field + ": " + message);
      case DesiredRelease.Missing(String message) -> stalled(situation, message);
      case DesiredRelease.Unread(String why) -> Step.hold(situation.progress(), why);
    };
  }

  /** What was rolled back is not hidden by what is wrong now. */
  private static Step stalled(Situation situation, String why) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    Rejection rejection =
        progress.rejectionOf(candidate == null ? progress.desired() : candidate.release());
    return Step.stalled(
        progress,
        "InvalidSpec",
        progress.phase().isRejection() && rejection != null
            ? why + " (" + AtRestRule.what(progress, rejection) + ")"
            : why);
  }
}
