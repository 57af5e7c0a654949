package dev.lambdarollouts.app.time;

import dev.lambdarollouts.engine.port.TimeSource.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks at moments of a clock, on one thread. It waits in slices of at most a minute and looks
 * at the clock after each, so that a clock that is set neither runs a task early nor makes one much
 * later than it says.
 */
final class MomentTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MomentTimer.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final UnaryOperator<Duration> realWait;
  private final ScheduledThreadPoolExecutor thread;

  /**
   * @param realWait how long a duration of the clock really takes
   */
  MomentTimer(InstantSource clock, UnaryOperator<Duration> realWait) {
    this.clock = clock;
    this.realWait = realWait;
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("time").factory(), new QuietAfterClose());
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  Timer at(Instant moment, Runnable task) {
    Waiting waiting = new Waiting(moment, task);
    waiting.waitOn();
    return waiting;
  }

  /** Once a real delay has passed, whatever the clock says meanwhile. */
  Timer after(Duration delay, Runnable task) {
    Future<?> next =
        thread.schedule(() -> runSafely(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> next.cancel(false);
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a timed task failed; it is not run again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private final class Waiting implements Timer, Runnable {
    private final Instant moment;
    private final Runnable task;
    private @Nullable Future<?> next;
    private boolean over;

    Waiting(Instant moment, Runnable task) {
      this.moment = moment;
      this.task = task;
    }

    private synchronized void waitOn() {
      if (over) {
        return;
      }
      Duration real = realWait.apply(Duration.between(clock.instant(), moment));
      Duration slice = real.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : real;
      next = thread.schedule(this, Math.max(0, slice.toNanos()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
      if (clock.instant().isBefore(moment)) {
        waitOn();
        return;
      }
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      runSafely(task);
    }

    @Override
    public synchronized void cancel() {
      over = true;
      if (next != null) {
        next.cancel(false);
      }
    }
  }

  /** Once closed, nothing runs any more and nobody is told: the process is on its way out. */
  private static final class QuietAfterClose extends ThreadPoolExecutor.AbortPolicy {
    @Override
    public void rejectedExecution(Runnable task, ThreadPoolExecutor executor) {
      if (!executor.isShutdown()) {
        throw new RejectedExecutionException("the time source takes no more tasks");
      }
      if (task instanceof Future<?> future) {
        future.cancel(false);
      }
    }
  }
}
