package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.Observation.PausedBy;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec.paused} and {@code spec.suspended} hold every phase; what takes traffic back stands
 * before this rule.
 */
final class HeldRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    PausedBy by = situation.seen().paused();
    Pause pause = progress.pause();
    Pause.Reason reason = by == null ? null : reason(by);
    if (pause != null && isOurs(pause) && pause.reason() != reason) {
      return Step.become(
          Attempt.resume(progress, situation.seen().at()), "held no longer: " + pause.reason());
    }
    if (pause != null && pause.reason() == Pause.Reason.ACTION_PAUSE && !nothingWaits(situation)) {
      return Step.hold(progress, pausedBy(progress) + "; Resume ends it");
    }
    if (by == null || reason == null || nothingWaits(situation)) {
      return null;
    }
    String why =
        by == PausedBy.ROLLOUT
            ? "paused: spec.paused of the LambdaRollout is true"
            : "suspended: spec.suspended of the LambdaStage is true";
    return Step.hold(
        held(Attempt.gateClosed(progress), reason, situation.seen().at()),
        why + situation.unseen());
  }

  /** A pause with a timeout does not run on meanwhile: it begins anew. */
  private static Progress held(Progress progress, Pause.Reason reason, Instant at) {
    Pause pause = progress.pause();
    if (pause == null) {
      return Attempt.pause(progress, reason, at, null);
    }
    return pause.reason() == Pause.Reason.CANARY_PAUSE_STEP
        ? progress.with().pause(new Pause(reason, pause.from(), at, null)).build()
        : progress;
  }

  private static Pause.Reason reason(PausedBy by) {
    return switch (by) {
      case ROLLOUT -> Pause.Reason.SPEC_PAUSED;
      case STAGE -> Pause.Reason.STAGE_SUSPENDED;
    };
  }

  private static boolean isOurs(Pause pause) {
    return pause.reason() == Pause.Reason.SPEC_PAUSED
        || pause.reason() == Pause.Reason.STAGE_SUSPENDED;
  }

  private static String pausedBy(Progress progress) {
    return progress.actions().reversed().stream()
        .filter(action -> action.verb() == OpenAction.Verb.PAUSE)
        .findFirst()
        .map(action -> Objects.requireNonNullElse(action.note(), "paused by " + action.by()))
        .orElse("paused by a person");
  }

  /** Done, or rejected: a pause holds nothing. */
  static boolean nothingWaits(Situation situation) {
    Progress progress = situation.progress();
    var desired = situation.desired();
    return progress.phase().atRest()
        && desired != null
        && (progress.standsOn(desired) || progress.rejectionOf(desired) != null);
  }
}
