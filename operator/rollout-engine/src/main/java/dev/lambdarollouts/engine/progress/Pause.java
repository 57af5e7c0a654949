package dev.lambdarollouts.engine.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a stage waits for a person.
 *
 * @param from the phase to go back to
 * @param until when the wait ends by itself; absent: never
 */
public record Pause(Reason reason, StagePhase from, Instant since, @Nullable Instant until) {

  /** What holds it. */
  public enum Reason {
    /** An entry of the strategy; ended by Promote or its timeout. */
    CANARY_PAUSE_STEP("CanaryPauseStep"),
    /** An alarm was in ALARM before traffic moved; ended by OK or Promote. */
    ALARM_ALREADY_FIRING("AlarmAlreadyFiring"),
    /** {@code spec.paused}; ended by unsetting it. */
    SPEC_PAUSED("SpecPaused"),
    /** {@code spec.suspended} of the stage; ended by unsetting it. */
    STAGE_SUSPENDED("StageSuspended"),
    /** A person's Pause; ended by Resume, or with the attempt. */
    ACTION_PAUSE("ActionPause"),
    /** Somebody else moved the alias; ended when it is where it was recorded, or by Abort. */
    DRIFT("Drift"),
    /** Candidate and stable cannot share an alias; ended by PromoteFully or Abort. */
    NOT_SHIFTABLE("NotShiftable"),
    /** The deadline passed under {@code onDeadline: Pause}; ended by Promote or Abort. */
    PROGRESS_DEADLINE_EXCEEDED("ProgressDeadlineExceeded");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
