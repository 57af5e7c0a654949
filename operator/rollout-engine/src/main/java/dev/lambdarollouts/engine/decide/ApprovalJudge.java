package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.progress.Approval;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Approve and Reject: one person's word on one release, from Pending until traffic first moves. It
 * is meant for the release that it names, be it the candidate or the one that waits to become it.
 */
final class ApprovalJudge {
  private static final Set<StagePhase> BEFORE_TRAFFIC =
      Set.of(
          StagePhase.PENDING,
          StagePhase.DEPLOYING,
          StagePhase.PRE_TRAFFIC,
          StagePhase.AWAITING_APPROVAL);

  private ApprovalJudge() {}

  static Answer approve(OpenAction action, Situation situation) {
    String refused = refused(action, situation);
    if (refused == null && action.asker() == OpenAction.Asker.IGNORED) {
      refused =
          "approvals by "
              + action.by()
              + " do not count in this installation (lambda-rollouts.approvals-ignored-users):"
              + " approve as a person, with kubectl create";
    }
    if (refused != null) {
      return new Answer.Refused(refused);
    }
    ReleaseId release = Objects.requireNonNull(action.release());
    Progress progress = situation.progress();
    if (progress.approversOf(release).contains(action.by())) {
      return new Answer.Refused(
          action.by() + " approved release " + release + " already: another person has to");
    }
    Progress next =
        progress.with().approve(new Approval(release, action.by(), situation.seen().at())).build();
    int given = next.approversOf(release).size();
    int needed = situation.seen().approval().needed();
    return new Answer.Applied(
        next,
        "release "
            + release
            + " approved by "
            + action.by()
            + because(action)
            + (needed == 0 ? "; this stage asks for no approval" : ": " + given + " of " + needed));
  }

  static Answer reject(OpenAction action, Situation situation) {
    String refused = refused(action, situation);
    if (refused != null) {
      return new Answer.Refused(refused);
    }
    ReleaseId release = Objects.requireNonNull(action.release());
    String message = "rejected by " + action.by() + because(action);
    Cause cause = new Cause(Cause.Type.REJECT, null, message);
    Progress next =
        isCandidate(release, situation.progress())
            ? Attempt.rejectBeforeTraffic(situation, cause, action.by())
            : Attempt.rejectUntried(situation, release, cause, action.by());
    return new Answer.Applied(next, message);
  }

  private static String because(OpenAction action) {
    return action.reason() == null ? "" : " (" + action.reason() + ")";
  }

  /** Why the word of whoever asks does not count here and now; absent when it does. */
  private static @Nullable String refused(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    ReleaseId release = action.release();
    if (action.asker() == OpenAction.Asker.NOBODY) {
      return "spec.requestedBy is missing, so nobody knows whose word this is: write your own user"
          + " name there (kubectl auth whoami shows it)";
    }
    if (release == null) {
      return "spec.release is missing: name the release, as status.stages[].release or"
          + " desiredRelease shows it";
    }
    boolean candidate = isCandidate(release, progress);
    if (!candidate && !release.equals(situation.desired())) {
      return "spec.release is "
          + release
          + ", which is neither the candidate ("
          + name(progress.phase().underWay() ? progress.candidate() : null)
          + ") nor the desired release ("
          + Objects.requireNonNullElse(situation.desired(), "unknown")
          + ")";
    }
    if (progress.rejectionOf(release) != null) {
      return "release " + release + " is rejected here already: only Retry lifts that";
    }
    if (progress.standsOn(release)) {
      return "the stage stands on release " + release + " already";
    }
    if (candidate && !isBeforeTraffic(situation)) {
      return "traffic has begun to move to release "
          + release
          + ", the stage is "
          + progress.phase()
          + ": Abort takes it back";
    }
    return RebuildRule.isBlank(progress) && !(situation.seen().alias() instanceof AliasFact.Missing)
        ? placeUnknown(situation)
        : null;
  }

  /** With the status lost, the release may be the one that has traffic. */
  private static @Nullable String placeUnknown(Situation situation) {
    AliasFact.Present alias = situation.alias();
    boolean harmless = alias != null && (alias.mark() == null || alias.mark().candidate() == null);
    return harmless
        ? null
        : "it is not known yet whether the release has traffic: ask again once the stage has found"
            + " its place";
  }

  /** By the phase and by the alias as read. */
  private static boolean isBeforeTraffic(Situation situation) {
    Progress progress = situation.progress();
    StagePhase phase = progress.activePhase();
    boolean before =
        BEFORE_TRAFFIC.contains(phase)
            || (phase == StagePhase.SHIFTING && progress.weight().isNone());
    return before && !situation.candidateMayHaveTraffic();
  }

  private static boolean isCandidate(ReleaseId release, Progress progress) {
    Candidate candidate = progress.candidate();
    return candidate != null && candidate.release().equals(release) && !progress.phase().atRest();
  }

  private static Object name(@Nullable Candidate candidate) {
    return candidate == null ? "none" : candidate.release();
  }
}
