package dev.lambdarollouts.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that starts at the real time and passes {@code factor} times as fast. */
public final class AcceleratedTime implements InstantSource {
  private final InstantSource real;
  private final Instant start;
  private final double factor;

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
  public Instant instant() {
    long passed = Duration.between(start, real.instant()).toMillis();
    return start.plusMillis(Math.round(passed * factor));
  }
}
