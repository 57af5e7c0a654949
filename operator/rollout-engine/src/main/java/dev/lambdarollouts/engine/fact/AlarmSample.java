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
 * @param firedAt the newest moment at which a poll saw it in ALARM, by this process' clock
 * @param okAt the newest moment at which it was seen OK
 * @param unanswered why polls tell nothing of it: a refusal from the first poll on, anything else
 *     from the second in a row; absent when they are answered
 * @param recordedSince AWS' timestamp of the last change of its state that the status knows of;
 *     absent when it knows of none
 * @param firedByHistory the newest moment at which its history says it was in ALARM, by AWS' clock
 */
public record AlarmSample(
    String name,
    State state,
    @Nullable Instant sampledAt,
    @Nullable Instant transitionedAt,
    @Nullable Instant watchedSince,
    @Nullable Instant historyFrom,
    @Nullable Instant firedAt,
    @Nullable Instant okAt,
    @Nullable AwsFailure unanswered,
    @Nullable Instant recordedSince,
    @Nullable Instant firedByHistory) {

  /** A sample as polled, whatever the status knows. */
  public AlarmSample(
      String name,
      State state,
      @Nullable Instant sampledAt,
      @Nullable Instant transitionedAt,
      @Nullable Instant watchedSince,
      @Nullable Instant historyFrom,
      @Nullable Instant firedAt,
      @Nullable Instant okAt,
      @Nullable AwsFailure unanswered) {
    this(
        name,
        state,
        sampledAt,
        transitionedAt,
        watchedSince,
        historyFrom,
        firedAt,
        okAt,
        unanswered,
        null,
        null);
  }

  /** A sample that was answered, of an alarm that was not seen OK before. */
  public AlarmSample(
      String name,
      State state,
      @Nullable Instant sampledAt,
      @Nullable Instant transitionedAt,
      @Nullable Instant watchedSince,
      @Nullable Instant historyFrom,
      @Nullable Instant firedAt) {
    this(name, state, sampledAt, transitionedAt, watchedSince, historyFrom, firedAt, null, null);
  }

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
