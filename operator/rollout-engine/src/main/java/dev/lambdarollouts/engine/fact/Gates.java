package dev.lambdarollouts.engine.fact;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to be open before traffic moves in a stage, as it is at this moment; alarms and
 * approvals are facts of their own.
 *
 * @param soak how long the stage before has to be stable; absent when no time is asked for, or that
 *     stage does not stand on its release
 * @param takenBackBy a stage before that promoted a release and rejected it since this attempt
 *     began; absent when there is none
 */
public record Gates(@Nullable Soak soak, @Nullable String takenBackBy, Window window, Slot slot) {

  /** Nothing keeps traffic from moving. */
  public static final Gates OPEN = new Gates(null, null, Window.ALWAYS, Slot.FREE);

  /**
   * The stage before, and how long it has to stand.
   *
   * @param since when it came to stand on its release
   */
  public record Soak(String stage, Instant since, Duration required) {
    /** When it has stood long enough. */
    public Instant until() {
      return since.plus(required);
    }
  }

  /**
   * The promotion windows of a stage, all together.
   *
   * @param nextChange when it is not {@code open} any more, or is again; absent: never, as far as
   *     can be told
   * @param why which window decides that, for people; empty when there is none
   * @param onClose what a canary under way does while it is closed
   */
  public record Window(boolean open, @Nullable Instant nextChange, String why, OnClose onClose) {
    /** A stage without windows. */
    public static final Window ALWAYS = new Window(true, null, "", OnClose.HOLD);
  }

  /** {@code onWindowClose} of a stage. */
  public enum OnClose {
    /** Keeps its weight until the window opens. */
    HOLD,
    /** Goes on. */
    FINISH
  }

  /**
   * Whether this rollout may be one of those that move traffic in the stage at once.
   *
   * @param why it may not, for people; empty when it may
   */
  public record Slot(boolean free, String why) {
    /** There is no limit, or room below it. */
    public static final Slot FREE = new Slot(true, "");
  }

  /** The same, with another slot. */
  public Gates with(Slot other) {
    return new Gates(soak, takenBackBy, window, other);
  }
}
