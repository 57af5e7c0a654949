package dev.lambdarollouts.app.time;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Clock;
import java.time.Instant;

/** The time of this machine. Tasks run one after the other on one thread. */
public final class SystemTimeSource implements TimeSource, AutoCloseable {

  private final Clock clock = Clock.systemUTC();
  private final MomentTimer timer = new MomentTimer(clock, wait -> wait);

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public Timer at(Instant moment, Runnable task) {
    return timer.at(moment, task);
  }

  /** Drops every task that has not run yet. */
  @Override
  public void close() {
    timer.close();
  }
}
