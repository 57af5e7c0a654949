package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
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
