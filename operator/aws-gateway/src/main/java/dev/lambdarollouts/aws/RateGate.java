package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.TimeSource;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that lets the more urgent go first. Who has no token waits, blocking its (virtual)
 * thread, and gives up after a while, for what it decided on grows old; a rollback never gives up.
 * All time is the {@link TimeSource}'s.
 */
final class RateGate {
  private static final Comparator<Waiter> MORE_URGENT_THEN_LONGER_HERE =
      Comparator.comparing(Waiter::urgency).thenComparingLong(Waiter::number);

  private final TimeSource time;
  private final Duration patience;
  private final Duration perToken;
  private final Duration burst;
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Waiter> queue = new PriorityQueue<>(MORE_URGENT_THEN_LONGER_HERE);

  /** When the bucket will be full again: every token taken moves it on by {@code perToken}. */
  private Instant fullAt;

  private long arrivals;
  private TimeSource.@Nullable Timer nextTurn;

  RateGate(TimeSource time, double perSecond, Duration patience) {
    this.time = time;
    this.patience = patience;
    this.perToken = Duration.ofNanos(Math.round(1e9 / perSecond));
    this.burst = perToken.multipliedBy(Math.max(1, (long) (perSecond / 2)));
    this.fullAt = time.instant();
  }

  private record Waiter(Urgency urgency, long number, CompletableFuture<Boolean> turn) {}

  /**
   * Takes a token, now or in turn.
   *
   * @return false when patience ran out
   */
  boolean enter(Urgency urgency) throws InterruptedException {
    Waiter waiter;
    TimeSource.Timer patienceEnds;
    lock.lock();
    try {
      if (queue.isEmpty() && take()) {
        return true;
      }
      waiter = new Waiter(urgency, arrivals++, new CompletableFuture<>());
      patienceEnds = patienceOf(waiter);
      queue.add(waiter);
      awaitNextTurn();
    } finally {
      lock.unlock();
    }
    try {
      return waiter.turn().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn is never completed with an exception", e);
    } finally {
      patienceEnds.cancel();
      leave(waiter);
    }
  }

  private TimeSource.Timer patienceOf(Waiter waiter) {
    return waiter.urgency() == Urgency.ROLLBACK
        ? () -> {}
        : time.after(patience, () -> leave(waiter));
  }

  /** How many wait. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiter waiter) {
    lock.lock();
    try {
      queue.remove(waiter);
      waiter.turn().complete(false);
    } finally {
      lock.unlock();
    }
  }

  private void admit() {
    lock.lock();
    try {
      nextTurn = null;
      while (!queue.isEmpty() && take()) {
        queue.remove().turn().complete(true);
      }
      awaitNextTurn();
    } finally {
      lock.unlock();
    }
  }

  private void awaitNextTurn() {
    if (nextTurn == null && !queue.isEmpty()) {
      Duration wait = Duration.between(time.instant(), tokenAt());
      nextTurn = time.after(wait.isNegative() ? Duration.ZERO : wait, this::admit);
    }
  }

  private boolean take() {
    Instant now = time.instant();
    if (fullAt.isBefore(now)) {
      fullAt = now;
    }
    if (fullAt.isAfter(now.plus(burst))) {
      // The clock went back: nobody may have to wait for longer than an empty bucket takes.
      fullAt = now.plus(burst);
    }
    if (tokenAt().isAfter(now)) {
      return false;
    }
    fullAt = fullAt.plus(perToken);
    return true;
  }

  private Instant tokenAt() {
    return fullAt.plus(perToken).minus(burst);
  }
}
