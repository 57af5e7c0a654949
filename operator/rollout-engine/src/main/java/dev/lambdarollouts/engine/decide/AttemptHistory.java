package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an attempt is remembered once it has ended: what it came to, why, and what people did. */
final class AttemptHistory {
  private AttemptHistory() {}

  /** What people did in this attempt, for its history; absent when nobody did anything. */
  static @Nullable String deeds(Progress from) {
    Candidate candidate = from.candidate();
    List<String> approvers = from.approversOf(candidate == null ? null : candidate.release());
    String deeds =
        from.actions().stream()
            .filter(action -> action.attempt() == from.attempt() && action.note() != null)
            .filter(action -> action.verb() != OpenAction.Verb.ABORT)
            .filter(action -> action.verb() != OpenAction.Verb.REJECT)
            .filter(
                action ->
                    action.verb() != OpenAction.Verb.APPROVE || approvers.contains(action.by()))
            .map(RecordedAction::note)
            .collect(Collectors.joining("; "));
    return deeds.isEmpty() ? null : deeds;
  }

  static @Nullable String told(@Nullable Cause cause, @Nullable String deeds) {
    if (cause == null || deeds == null) {
      return cause == null ? deeds : cause.message();
    }
    return cause.message() + "; before that: " + deeds;
  }

  static Outcome outcome(StagePhase phase, @Nullable Cause cause) {
    if (cause == null) {
      return Outcome.SUPERSEDED;
    }
    return switch (cause.type()) {
      case ABORT, PAUSE_TIMEOUT -> Outcome.ABORTED;
      case ROLL_BACK -> Outcome.FAST_ROLLED_BACK;
      case REJECT, APPROVAL_TIMEOUT -> Outcome.REJECTED;
      case CODE_CHANGED, CODE_SHA256, VERSION_FAILED -> Outcome.FAILED;
      case ALARM, ALARM_DATA, DEADLINE, DRIFT, UNKNOWN ->
          phase == StagePhase.FAILED ? Outcome.FAILED : Outcome.ROLLED_BACK;
    };
  }

  /** The person who ended it, absent where none did. */
  static @Nullable String endedBy(Progress progress, Cause cause) {
    return switch (cause.type()) {
      case ABORT -> lastBy(progress, OpenAction.Verb.ABORT);
      case REJECT -> lastBy(progress, OpenAction.Verb.REJECT);
      // An entry without a person would read as a promotion inside the rollback window.
      case ROLL_BACK ->
          Objects.requireNonNullElse(lastBy(progress, OpenAction.Verb.ROLL_BACK), "somebody");
      default -> null;
    };
  }

  private static @Nullable String lastBy(Progress progress, OpenAction.Verb verb) {
    return progress.actions().reversed().stream()
        .filter(action -> action.verb() == verb)
        .map(RecordedAction::by)
        .findFirst()
        .orElse(null);
  }

  /**
   * A release that lost its traffic although no attempt with it was under way: else a Retry would
   * find nothing against it.
   */
  static Progress takenBack(Progress progress, Rejection rejection, Instant at) {
    HistoryEntry promoted = PromotedReleases.standing(progress, rejection.release());
    return promoted == null
        ? progress
        : progress
            .with()
            .remember(
                new HistoryEntry(
                    promoted.release(),
                    promoted.releaseName(),
                    promoted.version(),
                    promoted.startedAt(),
                    at,
                    outcome(rejection.phase(), rejection.cause()),
                    rejection.cause().message(),
                    endedBy(progress, rejection.cause())))
            .build();
  }

  /** Where a person's RollBack took the traffic off the candidate and off stable: stable's end. */
  static Progress withStableTakenBack(Progress from, Instant at) {
    Progress to = from;
    if (GoingBack.isOrdered(from)) {
      Candidate candidate = Objects.requireNonNull(from.candidate());
      for (Rejection one : from.rejected()) {
        if (one.cause().type() == Cause.Type.ROLL_BACK
            && !one.release().equals(candidate.release())) {
          to = takenBack(to, one, at);
        }
      }
    }
    return to;
  }

  static HistoryEntry entry(
      Progress from,
      Candidate candidate,
      Outcome outcome,
      Instant at,
      @Nullable String cause,
      @Nullable String by) {
    return new HistoryEntry(
        candidate.release(),
        candidate.name(),
        candidate.version(),
        from.startedAt(),
        at,
        outcome,
        cause,
        by);
  }
}
