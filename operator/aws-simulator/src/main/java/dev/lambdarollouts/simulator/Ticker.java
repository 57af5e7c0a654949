package dev.lambdarollouts.simulator;

import dev.lambdarollouts.simulator.time.Timeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets a timeline catch up regularly, for times that pass by themselves. */
final class Ticker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Ticker.class.getName());

  private final Timeline timeline;
  private final Duration every;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("aws-simulator-ticker").unstarted(task));

  Ticker(Timeline timeline, Duration every) {
    this.timeline = timeline;
    this.every = every;
  }

  void start() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The executor would never run a task again that has thrown once. */
  private void tick() {
    try {
      timeline.catchUp();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Something that was due failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
