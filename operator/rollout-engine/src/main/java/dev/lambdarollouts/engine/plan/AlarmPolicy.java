package dev.lambdarollouts.engine.plan;

import java.time.Duration;

/**
 * How an attempt reads its alarms.
 *
 * @param maxStaleness samples older than this are Unknown
 */
public record AlarmPolicy(
    AlreadyFiring alreadyFiring, OnPollFailure onPollFailure, Duration maxStaleness) {

  /** The policy of a strategy that says nothing: Block, Hold, 60 seconds. */
  public static final AlarmPolicy DEFAULT =
      new AlarmPolicy(AlreadyFiring.BLOCK, OnPollFailure.HOLD, Duration.ofSeconds(60));

  /** What an alarm in ALARM at the start does. */
  public enum AlreadyFiring {
    /** Traffic does not move before it was seen OK, or somebody promotes. */
    BLOCK,
    /** It is excused until it has once been seen OK. */
    IGNORE
  }

  /** What stale alarm data does. */
  public enum OnPollFailure {
    /** No advance. */
    HOLD,
    /** Counts as healthy: the user's own word. */
    IGNORE,
    /** Traffic back to stable. */
    ROLLBACK
  }
}
