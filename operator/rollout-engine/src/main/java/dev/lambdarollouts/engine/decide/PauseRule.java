package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Entry.OnTimeout;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Waits out the pauses: timed ones by their timer, the others for a person or their timeout. */
final class PauseRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    if (pause != null) {
      return waiting(situation, pause);
    }
    if (progress.phase() != StagePhase.SHIFTING) {
      return null;
    }
    return switch (progress.entry()) {
      case null -> null;
      case Entry.SetWeight step -> null;
      case Entry.TimedPause timed -> timed(situation);
      case Entry.IndefinitePause(var timeout, var onTimeout) -> {
        Instant until = timeout == null ? null : situation.seen().at().plus(timeout);
        yield Step.become(
            Attempt.pause(progress, Pause.Reason.CANARY_PAUSE_STEP, situation.seen().at(), until),
            progress.weight() + " on " + situation.candidateText() + ", waits for Promote");
      }
    };
  }

  private static Step timed(Situation situation) {
    Progress progress = situation.progress();
    Instant at = situation.seen().at();
    Instant due = progress.nextStepAt();
    if (due == null || !at.isBefore(due)) {
      return Step.become(Attempt.advance(progress, at, at), "the pause is over");
    }
    return Step.holdUntil(
        progress,
        due,
        progress.weight()
            + " on "
            + situation.candidateText()
            + ", goes on at "
            + Moment.text(due)
            + situation.unseen());
  }

  private static Step waiting(Situation situation, Pause pause) {
    Progress progress = situation.progress();
    Instant at = situation.seen().at();
    if (pause.reason() != Pause.Reason.CANARY_PAUSE_STEP) {
      String stalled =
          pause.reason() == Pause.Reason.PROGRESS_DEADLINE_EXCEEDED
              ? "ProgressDeadlineExceeded"
              : null;
      return new Step(
          new Decision.Hold(),
          progress,
          "waits for a person: " + pause.reason() + situation.unseen(),
          null,
          stalled);
    }
    if (pause.until() == null || at.isBefore(pause.until())) {
      String until = pause.until() == null ? "" : " until " + Moment.text(pause.until());
      return new Step(
          new Decision.Hold(),
          progress,
          progress.weight()
              + " on "
              + situation.candidateText()
              + ", waits for Promote"
              + until
              + situation.unseen(),
          pause.until(),
          null);
    }
    boolean promotes =
        progress.entry() instanceof Entry.IndefinitePause(var timeout, var onTimeout)
            && onTimeout == OnTimeout.PROMOTE;
    if (promotes) {
      return Step.become(
          Attempt.advance(progress, at, at), "nobody came until " + Moment.text(pause.until()));
    }
    Cause cause =
        new Cause(
            Cause.Type.PAUSE_TIMEOUT, null, "nobody promoted until " + Moment.text(pause.until()));
    return Step.become(Attempt.reject(situation, cause), cause.message());
  }
}
