package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that passes only when a test says so; what falls due runs on the test's thread. */
final class ManualTime implements TimeSource {
  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::moment).thenComparingLong(Task::number));
  private Instant now = START;
  private long numbers;

  private record Task(Instant moment, boolean delay, long number, Runnable run) {}

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer at(Instant moment, Runnable run) {
    return add(moment, false, run);
  }

  /** A delay is a delay, whatever the clock is set to meanwhile. */
  @Override
  public synchronized Timer after(Duration delay, Runnable run) {
    return add(now.plus(delay), true, run);
  }

  private Timer add(Instant moment, boolean delay, Runnable run) {
    long number = numbers++;
    tasks.add(new Task(moment, delay, number, run));
    return () -> cancel(number);
  }

  private synchronized void cancel(long number) {
    tasks.removeIf(task -> task.number() == number);
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

  /** Lets time pass without running anything: what fell due is late. */
  synchronized void passSilently(Duration duration) {
    now = now.plus(duration);
  }

  /** Sets the clock, backwards too, without running anything; no time passes. */
  synchronized void set(Instant moment) {
    Duration by = Duration.between(now, moment);
    List<Task> waiting = List.copyOf(tasks);
    tasks.clear();
    for (Task task : waiting) {
      Instant due = task.delay() ? task.moment().plus(by) : task.moment();
      tasks.add(new Task(due, task.delay(), task.number(), task.run()));
    }
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
