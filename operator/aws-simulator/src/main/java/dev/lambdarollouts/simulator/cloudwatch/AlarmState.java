package dev.lambdarollouts.simulator.cloudwatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an alarm.
 *
 * @param updated when the state was last set, to whatever value
 * @param transitioned when the value last changed
 */
record AlarmState(
    Value value,
    String reason,
    @Nullable String reasonData,
    Instant updated,
    Instant transitioned) {

  /** In the order in which AWS lists the values. */
  enum Value {
    INSUFFICIENT_DATA,
    ALARM,
    OK
  }

  static AlarmState initial(Instant now) {
    return new AlarmState(
        Value.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", null, now, now);
  }

  AlarmState becomes(
      Value newValue, String newReason, @Nullable String newReasonData, Instant now) {
    return new AlarmState(
        newValue, newReason, newReasonData, now, newValue == value ? transitioned : now);
  }
}
