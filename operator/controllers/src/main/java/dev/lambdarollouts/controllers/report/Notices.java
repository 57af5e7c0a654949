package dev.lambdarollouts.controllers.report;

import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is told of a change once it is recorded. */
public final class Notices {
  /** A rejection is told when it happens. */
  private static final Set<String> TOLD_AS_TRANSITION =
      Set.of(
          StagePhase.ROLLED_BACK.toString(),
          StagePhase.REJECTED.toString(),
          StagePhase.FAILED.toString());

  private Notices() {}

  /** A stage changed, and why. */
  public static Notice of(LambdaRollout rollout, String stage, Transition transition, Instant at) {
    Progress to = transition.to();
    String reason = reason(transition);
    return new Notice(
        rollout,
        isWarning(transition),
        reason,
        stage + ": " + transition.why(),
        String.join(
            "/", stage, String.valueOf(to.attempt()), reason, transition.why(), at.toString()),
        at);
  }

  /** An action was not carried out, and why. */
  public static Notice refused(
      LambdaRollout rollout, String verb, String uid, String why, Instant at) {
    return new Notice(rollout, true, "ActionRefused", verb + ": " + why, "refused/" + uid, at);
  }

  /** A version that nobody needs any more could not be deleted, and why. */
  public static Notice notDeleted(
      LambdaRollout rollout, String stage, AwsFailure failure, Instant at) {
    return new Notice(
        rollout,
        true,
        "VersionNotDeleted",
        stage + ": a version beyond revisionHistoryLimit stays: " + failure,
        String.join("/", "kept", stage, failure.toString(), at.toString()),
        at);
  }

  /** AWS refuses a call until somebody grants, creates or mends something, and why. */
  public static Notice refusedByAws(
      LambdaRollout rollout, String stage, int attempt, AwsFailure failure, Instant at) {
    return new Notice(
        rollout,
        true,
        "RefusedByAws",
        stage + ": " + failure,
        // Without the moment: another process that meets the same refusal tells nothing new.
        String.join("/", "refused by AWS", stage, Integer.toString(attempt), failure.toString()),
        at);
  }

  /** The rollout cannot go on by itself, where that is new or has another reason than before. */
  public static Optional<Notice> stalled(
      LambdaRollout rollout, List<Condition> before, List<Condition> now, Instant at) {
    Condition stalled = stalled(now);
    Condition was = stalled(before);
    if (stalled == null
        || TOLD_AS_TRANSITION.contains(stalled.reason())
        || (was != null
            && Objects.equals(was.reason(), stalled.reason())
            && was.message().equals(stalled.message()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Notice(
            rollout,
            true,
            stalled.reason(),
            stalled.message(),
            "stalled/" + stalled.message() + "/" + at,
            at));
  }

  private static @Nullable Condition stalled(List<Condition> conditions) {
    return conditions.stream()
        .filter(one -> one.type().equals("Stalled") && one.status() == Truth.TRUE)
        .findFirst()
        .orElse(null);
  }

  private static String reason(Transition transition) {
    Progress from = transition.from();
    Progress to = transition.to();
    Pause pause = to.pause();
    if (pause != null && !pause.equals(from.pause())) {
      return pause.reason().toString();
    }
    if (to.phase() != from.phase()) {
      return to.phase().toString();
    }
    if (!to.weight().equals(from.weight())) {
      return "WeightConfirmed";
    }
    return from.pause() != null && pause == null ? "Resumed" : "Progressed";
  }

  private static boolean isWarning(Transition transition) {
    Progress to = transition.to();
    StagePhase phase = to.phase();
    boolean takenBack =
        phase != transition.from().phase()
            && (phase.isRejection() || phase == StagePhase.ROLLING_BACK);
    Pause pause = to.pause();
    boolean drifts =
        pause != null
            && !pause.equals(transition.from().pause())
            && pause.reason() == Pause.Reason.DRIFT;
    return takenBack || drifts;
  }
}
