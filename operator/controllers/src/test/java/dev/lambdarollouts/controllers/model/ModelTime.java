package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when it is told to, from task to task. The operator's clock may be set; the
 * true time, which AWS and the stories go by, never jumps.
 */
public final class ModelTime implements TimeSource {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.due).thenComparingLong(task -> task.number));

  private Instant now;
  private Duration ahead = Duration.ZERO;
  private long number;

  public ModelTime(Instant start) {
    now = start;
  }

  /**
   * @param due by the true time
   */
  private record Task(Instant due, boolean delay, long number, Runnable action) {}

  /** What the operator's clock says. */
  @Override
  public Instant instant() {
    return now.plus(ahead);
  }

  /** What it is in truth. */
  public Instant truly() {
    return now;
  }

  /** The operator's clock is set: ahead, or back. */
  public void jump(Duration by) {
    ahead = ahead.plus(by);
    List<Task> waiting = List.copyOf(tasks);
    tasks.clear();
    for (Task task : waiting) {
      Instant due = task.delay ? task.due : task.due.minus(by);
      tasks.add(new Task(due, task.delay, task.number, task.action));
    }
  }

  @Override
  public Timer at(Instant moment, Runnable action) {
    return add(moment.minus(ahead), false, action);
  }

  /** A delay is a delay, whatever the clock is set to meanwhile. */
  @Override
  public Timer after(Duration delay, Runnable action) {
    return add(now.plus(delay), true, action);
  }

  private Timer add(Instant due, boolean delay, Runnable action) {
    long own = number++;
    tasks.add(new Task(due, delay, own, action));
    return () -> tasks.removeIf(task -> task.number == own);
  }

  /** When the next task is due, by the true time; absent when none waits. */
  @Nullable Instant nextTask() {
    return tasks.isEmpty() ? null : tasks.element().due;
  }

  /** Moves on to this moment of the true time and runs what is due then, one task. */
  void runNext(Instant until) {
    Task next = tasks.peek();
    if (next == null || next.due.isAfter(until)) {
      now = until;
      return;
    }
    tasks.remove();
    if (next.due.isAfter(now)) {
      now = next.due;
    }
    next.action.run();
  }

  /** The process that asked for them is dead. */
  void dropTasks() {
    tasks.clear();
  }
}
