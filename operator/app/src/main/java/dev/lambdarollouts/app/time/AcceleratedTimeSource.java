package dev.lambdarollouts.app.time;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Time that runs n times as fast as the wall's: minutes pass in seconds, and a wait of a minute
 * takes a minute divided by n. Tasks run one after the other on one thread.
 */
public final class AcceleratedTimeSource implements TimeSource, AutoCloseable {

  private final Instant start;
  private final int factor;
  private final long startedNanos = System.nanoTime();
  private final MomentTimer timer;

  /**
   * @param start what it is now
   * @param factor how many times as fast, at least 1
   */
  public AcceleratedTimeSource(Instant start, int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException("factor: found " + factor + "; give at least 1");
    }
    this.start = start;
    this.factor = factor;
    timer = new MomentTimer(this, this::realWait);
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.ofNanos(System.nanoTime() - startedNanos).multipliedBy(factor));
  }

  @Override
  public Timer at(Instant moment, Runnable task) {
    return timer.at(moment, task);
  }

  /** How many times as fast as the wall's. */
  public int factor() {
    return factor;
  }

  /** Drops every task that has not run yet. */
  @Override
  public void close() {
    timer.close();
  }

  /** Rounded up: a task never looks at the clock just before its moment. */
  private Duration realWait(Duration wait) {
    return wait.dividedBy(factor).plusNanos(1);
  }
}
