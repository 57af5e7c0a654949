package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that passes only when a test says so; what falls due runs on the test's thread. */
final class ManualTime implements TimeSource {
  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::moment).thenComparingLong(Task::number));
  private Instant now = START;
  private long numbers;

  private record Task(Instant moment, long number, Runnable run) {}

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer at(Instant moment, Runnable run) {
    Task task = new Task(moment, numbers++, run);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Lets time pass, through everything that falls due on the way. */
  void advance(Duration duration) {
    Instant end = instant().plus(duration);
    for (Task due = nextUntil(end); due != null; due = nextUntil(end)) {
      due.run().run();
    }
    reach(end);
  }

  /** Runs what is due now. */
  void runDue() {
    advance(Duration.ZERO);
  }

  /** Moves the clock without running anything, backwards too. */
  synchronized void set(Instant moment) {
    now = moment;
  }

  private synchronized void reach(Instant moment) {
    // A task may itself have let time pass.
    if (moment.isAfter(now)) {
      now = moment;
    }
  }

  synchronized int pending() {
    return tasks.size();
  }

  private synchronized @Nullable Task nextUntil(Instant end) {
    Task next = tasks.peek();
    if (next == null || next.moment().isAfter(end)) {
      return null;
    }
    if (next.moment().isAfter(now)) {
      now = next.moment();
    }
    return tasks.poll();
  }
}
