package dev.lambdarollouts.app.time;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that only moves when it is told to. Tasks that come due run on the thread that moves it,
 * each at its own moment and in order, those included that a task asks for meanwhile. A moment that
 * is past already runs its task with the next move, also by nothing.
 */
public final class ManualTimeSource implements TimeSource {

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.moment).thenComparingLong(task -> task.number));

  private Instant now;
  private long asked;

  public ManualTimeSource(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer at(Instant moment, Runnable task) {
    Task waiting = new Task(moment, asked++, task);
    tasks.add(waiting);
    return waiting;
  }

  /** Moves it on. */
  public void advance(Duration by) {
    advanceTo(instant().plus(by));
  }

  /**
   * Moves it on to a moment.
   *
   * @throws IllegalArgumentException for a moment that is past: time never goes back
   */
  public void advanceTo(Instant moment) {
    if (moment.isBefore(instant())) {
      throw new IllegalArgumentException(
          "found " + moment + ", it is " + instant() + " already; time does not go back");
    }
    for (Task due = nextDue(moment); due != null; due = nextDue(moment)) {
      due.action.run();
    }
    synchronized (this) {
      now = moment.isAfter(now) ? moment : now;
    }
  }

  /** When the next task is due, null when none waits. */
  public synchronized @Nullable Instant nextTask() {
    Task next = tasks.peek();
    return next == null ? null : next.moment;
  }

  private synchronized @Nullable Task nextDue(Instant moment) {
    Task next = tasks.peek();
    if (next == null || next.moment.isAfter(moment)) {
      return null;
    }
    tasks.remove();
    now = next.moment.isAfter(now) ? next.moment : now;
    return next;
  }

  private final class Task implements Timer {
    private final Instant moment;
    private final long number;
    private final Runnable action;

    Task(Instant moment, long number, Runnable action) {
      this.moment = moment;
      this.number = number;
      this.action = action;
    }

    @Override
    public void cancel() {
      synchronized (ManualTimeSource.this) {
        tasks.remove(this);
      }
    }
  }
}
