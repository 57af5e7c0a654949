package dev.lambdarollouts.simulator.door;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The record of all calls since the start or the last {@link #clear}, oldest first. */
public final class Calls {
  private static final int MOST_KEPT = 200_000;

  private final Deque<Call> kept = new ArrayDeque<>();
  private long count;

  synchronized void add(
      Attempt attempt,
      int status,
      @Nullable String errorCode,
      boolean tookEffect,
      String requestId,
      String userAgent) {
    count++;
    kept.addLast(new Call(count, attempt, status, errorCode, tookEffect, requestId, userAgent));
    if (kept.size() > MOST_KEPT) {
      kept.removeFirst();
    }
  }

  public synchronized List<Call> all() {
    return List.copyOf(kept);
  }

  /** The last calls that fit, newest first. */
  public synchronized List<Call> last(int most, Predicate<Call> condition) {
    List<Call> last = new ArrayList<>();
    Iterator<Call> newestFirst = kept.descendingIterator();
    while (newestFirst.hasNext() && last.size() < most) {
      Call call = newestFirst.next();
      if (condition.test(call)) {
        last.add(call);
      }
    }
    return last;
  }

  public List<Call> matching(Predicate<Call> condition) {
    return all().stream().filter(condition).toList();
  }

  /** Calls of one operation, such as {@code ("lambda", "UpdateAlias")}. */
  public List<Call> of(String service, String operation) {
    return matching(call -> call.is(service, operation));
  }

  public int count(String service, String operation) {
    return of(service, operation).size();
  }

  /** Calls to a service. */
  public List<Call> of(String service) {
    return matching(call -> call.service().equals(service));
  }

  /** Forgets what is recorded; numbers go on. */
  public synchronized void clear() {
    kept.clear();
  }
}
