package dev.lambdarollouts.simulator.keep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.time.Timeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes the state of all parts into the data file, every so often and at the end. */
public final class Keeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Keeper.class.getName());

  private final DataFile file;
  private final int starts;
  private final Timeline timeline;
  private final List<? extends KeptState> parts;
  private Blobs last = new Blobs();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("aws-simulator-keeper").unstarted(task));

  /**
   * A keeper of these parts.
   *
   * @param starts how many processes have used the file, with this one
   */
  public Keeper(DataFile file, int starts, Timeline timeline, List<? extends KeptState> parts) {
    this.file = file;
    this.starts = starts;
    this.timeline = timeline;
    this.parts = List.copyOf(parts);
  }

  /** Writes this often, in real time. */
  public void start(Duration every) {
    var _ =
        thread.scheduleWithFixedDelay(
            this::tryToWrite, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Writes now, unless nothing but the time is new. */
  public synchronized void write() {
    file.write(state());
  }

  private Saved state() {
    Saved saved =
        timeline.exclusively(
            () -> {
              Blobs blobs = new Blobs(last);
              ObjectNode trees = Json.object();
              parts.forEach(part -> trees.set(part.part(), part.save(blobs)));
              return new Saved(timeline.now(), starts, trees, blobs);
            });
    last = saved.blobs();
    return saved;
  }

  /** Writes a last time, so that time goes on from here, and gives the file back. */
  @Override
  public synchronized void close() {
    thread.shutdownNow();
    try (file) {
      file.writeWithTime(state());
    }
  }

  /** The next try may succeed; the file is as it was until then. */
  private void tryToWrite() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "State is not kept now", e);
    }
  }
}
