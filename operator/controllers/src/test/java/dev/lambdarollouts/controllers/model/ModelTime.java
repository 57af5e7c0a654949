package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that moves only when it is told to, from task to task. */
public final class ModelTime implements TimeSource {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.moment).thenComparingLong(task -> task.number));

  private Instant now;
  private long number;

  public ModelTime(Instant start) {
    now = start;
  }

  private record Task(Instant moment, long number, Runnable action) {}

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Timer at(Instant moment, Runnable action) {
    Task task = new Task(moment, number++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** When the next task is due; absent when none waits. */
  @Nullable Instant nextTask() {
    return tasks.isEmpty() ? null : tasks.element().moment;
  }

  /** Moves on to this moment and runs what is due then, one task. */
  void runNext(Instant until) {
    Task next = tasks.peek();
    if (next == null || next.moment.isAfter(until)) {
      now = until;
      return;
    }
    tasks.remove();
    if (next.moment.isAfter(now)) {
      now = next.moment;
    }
    next.action.run();
  }

  /** The process that asked for them is dead. */
  void dropTasks() {
    tasks.clear();
  }
}
