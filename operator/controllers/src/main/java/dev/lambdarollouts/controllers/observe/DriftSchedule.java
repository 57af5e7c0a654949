package dev.lambdarollouts.controllers.observe;

import java.time.Duration;
import java.time.Instant;

/**
 * When a stage's alias is looked at though nothing asks for it. At rest once in an interval, at a
 * moment that the stage's own name picks, so that thousands of stages do not ask together. While an
 * attempt runs its steps tell of the alias themselves; only an interval in which nothing told is
 * too long.
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

  /** The next look. */
  public Instant next(Instant seenAt, boolean atRest) {
    return atRest ? slot(seenAt).plusMillis(interval) : seenAt.plusMillis(interval);
  }

  /** The last moment that the stage's name picks, not after this one. */
  private Instant slot(Instant at) {
    long millis = at.toEpochMilli();
    return Instant.ofEpochMilli(millis - Math.floorMod(millis - offset, interval));
  }
}
