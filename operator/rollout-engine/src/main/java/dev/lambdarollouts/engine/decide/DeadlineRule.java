package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No progress for too long: the deadline has passed, and the last try failed or no later rule finds
 * anything to do. So a clock that jumps ahead, or a leader that slept, takes the step that is due
 * rather than give up. Counts from Deploying to Baking, not while somebody or a timer is waited
 * for, and never longer than this leader has led.
 */
final class DeadlineRule implements Rule {
  private final List<Rule> laterRules;

  /**
   * @param laterRules those that would decide if this rule did not
   */
  DeadlineRule(List<Rule> laterRules) {
    this.laterRules = laterRules;
  }

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Step clock = clock(situation);
    if (clock != null) {
      return clock;
    }
    Plan plan = progress.plan();
    Instant deadline = deadline(situation);
    if (plan == null || deadline == null || situation.seen().at().isBefore(deadline)) {
      return null;
    }
    Step later = later(situation);
    if (situation.seen().lastFailure() == null && isSomethingToDo(later, progress)) {
      return null;
    }
    String why =
        "no progress for "
            + plan.progressDeadline().toString().substring(2).toLowerCase(Locale.ROOT)
            + " in "
            + progress.phase();
    var failure = situation.seen().lastFailure();
    String held = later == null ? "" : " (" + later.why() + ")";
    Cause cause =
        new Cause(Cause.Type.DEADLINE, null, why + (failure == null ? held : " (" + failure + ")"));
    if (progress.phase() == StagePhase.DEPLOYING) {
      return Step.become(Attempt.fail(situation, cause), cause.message());
    }
    return switch (plan.onDeadline()) {
      case ROLLBACK -> Step.become(Attempt.reject(situation, cause), cause.message());
      case PAUSE ->
          Step.become(
              Attempt.pause(
                  progress, Pause.Reason.PROGRESS_DEADLINE_EXCEEDED, situation.seen().at(), null),
              cause.message());
    };
  }

  /**
   * Stands while a gate is closed, and begins anew when none is: whoever looks right after a window
   * opened has to know that it was waited for.
   */
  private static @Nullable Step clock(Situation situation) {
    Progress progress = situation.progress();
    if (progress.plan() == null || progress.pause() != null || !progress.phase().underWay()) {
      return null;
    }
    ClosedGate closed = ClosedGate.of(situation);
    boolean stands = progress.progressSince() == null;
    if (closed == null && stands) {
      return Step.become(
          progress.with().progressSince(situation.seen().at()).build(), "no gate is waited for");
    }
    return closed == null || stands
        ? null
        : Step.become(progress.with().progressSince(null).build(), closed.why());
  }

  /** What goes on, or what it waits for. */
  private @Nullable Step later(Situation situation) {
    return laterRules.stream()
        .map(rule -> rule.apply(situation))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean isSomethingToDo(@Nullable Step step, Progress progress) {
    return step != null
        && (!(step.decision() instanceof Decision.Hold) || !step.progress().equals(progress));
  }

  /** When it passes; absent while nothing counts. */
  static @Nullable Instant deadline(Situation situation) {
    Progress progress = situation.progress();
    if (progress.plan() == null
        || progress.pause() != null
        || progress.phase() == StagePhase.AWAITING_APPROVAL
        || !progress.phase().underWay()
        || progress.progressSince() == null
        || ClosedGate.of(situation) != null) {
      return null;
    }
    Instant since = later(progress.progressSince(), situation.seen().leaderSince());
    if (progress.nextStepAt() != null) {
      since = later(since, progress.nextStepAt());
    }
    if (progress.gatesOpenSince() != null) {
      since = later(since, progress.gatesOpenSince());
    }
    return since.plus(progress.plan().progressDeadline());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
