package dev.lambdarollouts.simulator.time;

import java.time.Duration;
import java.time.Instant;

/** Time that stands still until it is moved, for tests. */
public final class ManualTime implements MovableTime {
  private Instant now;

  public ManualTime(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves the time, backwards too if {@code step} is negative. */
  @Override
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }
}
