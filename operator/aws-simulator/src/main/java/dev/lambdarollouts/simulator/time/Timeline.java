package dev.lambdarollouts.simulator.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Simulated time and the work that is due in it. When the source has moved, {@link #catchUp} runs
 * everything that became due, in order and each as if at its own instant: a jump of ten minutes
 * evaluates an alarm ten times. Time never goes back here, whatever the source does: AWS' would
 * not.
 *
 * <p>State is guarded by one lock ({@link #exclusively}). Due work runs outside of it and takes it
 * for what it changes, so that a function that a due invocation runs may call AWS itself.
 */
public final class Timeline {
  private final InstantSource source;
  private final ReentrantLock catchingUp = new ReentrantLock();
  private final ReentrantLock state = new ReentrantLock();
  private final PriorityQueue<Entry> due = new PriorityQueue<>();
  private long sequence;
  private volatile Instant now;

  public Timeline(InstantSource source) {
    this.source = source;
    this.now = source.instant();
  }

  /** Work that is due; it is given the instant at which it was due. */
  @FunctionalInterface
  public interface Due {
    void run(Instant at);
  }

  /** The time up to which everything has happened. */
  public Instant now() {
    return now;
  }

  /**
   * Runs {@code work} when {@code at} is reached; work of the same instant runs in the order given.
   */
  public void schedule(Instant at, Due work) {
    synchronized (due) {
      due.add(new Entry(at, sequence++, work));
    }
  }

  /** Lets everything happen that is due by the source's time, and returns that time. */
  public Instant catchUp() {
    if (catchingUp.isHeldByCurrentThread()) {
      return now;
    }
    catchingUp.lock();
    try {
      Instant target = source.instant();
      for (Entry entry = next(target); entry != null; entry = next(target)) {
        if (entry.at.isAfter(now)) {
          now = entry.at;
        }
        entry.work.run(entry.at);
      }
      if (target.isAfter(now)) {
        now = target;
      }
      return now;
    } finally {
      catchingUp.unlock();
    }
  }

  /** Runs what reads or changes state, alone. */
  public <T> T exclusively(Supplier<T> work) {
    state.lock();
    try {
      return work.get();
    } finally {
      state.unlock();
    }
  }

  /** Runs what changes state, alone. */
  public void exclusively(Runnable work) {
    state.lock();
    try {
      work.run();
    } finally {
      state.unlock();
    }
  }

  @SuppressWarnings("NullAway") // null says that nothing is due; the loop above ends on it
  private Entry next(Instant target) {
    synchronized (due) {
      Entry first = due.peek();
      return first == null || first.at.isAfter(target) ? null : due.poll();
    }
  }

  private record Entry(Instant at, long sequence, Due work) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
