package dev.lambdarollouts.engine.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alarm as last polled.
 *
 * @param sampledAt when AWS answered; absent when it never did
 * @param transitionedAt AWS' StateTransitionedTimestamp, the last change of the state
 * @param watchedSince since when polls followed each other without a gap longer than the policy
 *     allows
 * @param historyFrom from when on its history was looked up; absent when it was not
 * @param firedAt the newest moment at which it is known to have been in ALARM
 */
public record AlarmSample(
    String name,
    State state,
    @Nullable Instant sampledAt,
    @Nullable Instant transitionedAt,
    @Nullable Instant watchedSince,
    @Nullable Instant historyFrom,
    @Nullable Instant firedAt) {

  /** An alarm about which nothing is known yet. */
  public static AlarmSample never(String name) {
    return new AlarmSample(name, State.UNKNOWN, null, null, null, null, null);
  }

  /** What CloudWatch says. */
  public enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA,
    /** CloudWatch answered and has no alarm of this name. */
    MISSING,
    /** Never answered, or a state that this operator does not know. */
    UNKNOWN
  }
}
