package dev.lambdarollouts.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that starts at the real time and passes {@code factor} times as fast. It can jump ahead too.
 */
public final class AcceleratedTime implements MovableTime {
  private final InstantSource real;
  private final Instant start;
  private final double factor;
  private Duration jumped = Duration.ZERO;

  public AcceleratedTime(InstantSource real, double factor) {
    if (!(factor > 0) || factor > 100_000) {
      throw new IllegalArgumentException(
          "The time factor must be above 0 and at most 100000, but is " + factor);
    }
    this.real = real;
    this.start = real.instant();
    this.factor = factor;
  }

  @Override
  public synchronized Instant instant() {
    long passed = Duration.between(start, real.instant()).toMillis();
    return start.plusMillis(Math.round(passed * factor)).plus(jumped);
  }

  @Override
  public synchronized void advance(Duration step) {
    jumped = jumped.plus(step);
  }
}
