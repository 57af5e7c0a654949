package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says.
 *
 * @param why one sentence, for people; the same facts give the same words, so that no status is
 *     written for nothing
 * @param stalled the reason of the condition Stalled, absent when it will go on by itself or by a
 *     person's word
 * @param paused the reason for which it waits without a pause that is recorded: it will go on by
 *     itself; absent elsewhere
 */
record Step(
    Decision decision,
    Progress progress,
    String why,
    @Nullable Instant wakeAt,
    @Nullable String stalled,
    @Nullable String paused) {

  Step(
      Decision decision,
      Progress progress,
      String why,
      @Nullable Instant wakeAt,
      @Nullable String stalled) {
    this(decision, progress, why, wakeAt, stalled, null);
  }

  /** Nothing to do before something happens. */
  static Step hold(Progress progress, String why) {
    return new Step(new Decision.Hold(), progress, why, null, null);
  }

  /** Nothing to do before this moment. */
  static Step holdUntil(Progress progress, Instant moment, String why) {
    return new Step(new Decision.Hold(), progress, why, moment, null);
  }

  /** Nothing to do before somebody mends something. */
  static Step stalled(Progress progress, String reason, String why) {
    return new Step(new Decision.Hold(), progress, why, null, reason);
  }

  /** Remember this, and decide again. */
  static Step become(Progress progress, String why) {
    return new Step(new Decision.Hold(), progress, why, null, null);
  }

  /** Do this. */
  static Step act(Decision decision, Progress progress, String why) {
    return new Step(decision, progress, why, null, null);
  }
}
