package dev.lambdarollouts.engine.plan;

/**
 * A CloudWatch alarm that an attempt watches.
 *
 * @param name its name in AWS, placeholders resolved
 */
public record WatchedAlarm(String name, OnInsufficientData onInsufficientData) {

  /** What INSUFFICIENT_DATA means for this alarm. */
  public enum OnInsufficientData {
    /** Healthy. */
    IGNORE,
    /** Do not advance. */
    HOLD,
    /** As ALARM. */
    FAIL
  }
}
