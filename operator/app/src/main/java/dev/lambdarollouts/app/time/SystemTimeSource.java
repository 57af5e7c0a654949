package dev.lambdarollouts.app.time;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of this machine. Tasks run one after the other on one thread. */
public final class SystemTimeSource implements TimeSource, AutoCloseable {

  private final InstantSource clock;
  private final MomentTimer timer;

  public SystemTimeSource() {
    this(Clock.systemUTC());
  }

  SystemTimeSource(InstantSource clock) {
    this.clock = clock;
    timer = new MomentTimer(clock, wait -> wait);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public Timer at(Instant moment, Runnable task) {
    return timer.at(moment, task);
  }

  /** A delay is a delay: a clock that is set, ahead or back, neither shortens nor lengthens it. */
  @Override
  public Timer after(Duration delay, Runnable task) {
    return timer.after(delay, task);
  }

  /** Drops every task that has not run yet. */
  @Override
  public void close() {
    timer.close();
  }
}
