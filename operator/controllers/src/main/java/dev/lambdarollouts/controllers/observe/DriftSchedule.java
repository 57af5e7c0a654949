package dev.lambdarollouts.controllers.observe;

import java.time.Duration;
import java.time.Instant;

/**
 * When a stage's alias is looked at though nothing is under way: once in an interval, at a moment
 * that the stage's own name picks, so that thousands of stages do not ask together.
 */
public final class DriftSchedule {
  private final long interval;
  private final long offset;

  /**
   * @param interval between two looks, at least a millisecond
   * @param key of the stage, the same after a restart
   */
  public DriftSchedule(Duration interval, String key) {
    this.interval = interval.toMillis();
    // Fibonacci hashing: neighbouring hash codes land far from each other.
    this.offset = Math.floorMod(key.hashCode() * 0x9E3779B97F4A7C15L, this.interval);
  }

  /** The last moment for a look that is not after this one. */
  public Instant last(Instant at) {
    long millis = at.toEpochMilli();
    return Instant.ofEpochMilli(millis - Math.floorMod(millis - offset, interval));
  }

  /** The first moment for a look that is after this one. */
  public Instant next(Instant at) {
    return last(at).plusMillis(interval);
  }
}
