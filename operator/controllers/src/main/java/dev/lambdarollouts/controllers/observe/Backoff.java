package dev.lambdarollouts.controllers.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a call of one stage that failed may be tried again: a second later, then two, four and so on
 * up to a limit. Each kind of call has its own count, so that a deploy that fails delays no
 * rollback.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 20;

  private final Map<String, Failing> failing = new HashMap<>();

  private record Failing(int times, Instant notBefore, Duration longest) {}

  /** True when this call did not just fail. A clock that was set back delays nothing for long. */
  public boolean mayTry(String call, Instant at) {
    Failing one = failing.get(call);
    return one == null
        || !at.isBefore(one.notBefore)
        || one.notBefore.isAfter(at.plus(one.longest));
  }

  /** It failed: later again, after the limit at the latest. */
  public void failed(String call, Instant at, Duration longest) {
    Failing before = failing.get(call);
    int times = before == null ? 0 : before.times;
    Duration wait = FIRST.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
    failing.put(call, new Failing(times + 1, at.plus(capped), longest));
  }

  /** It worked: the next failure counts from one again. */
  public void worked(String call) {
    failing.remove(call);
  }

  /** Nothing that failed says anything of the next try. */
  void forget() {
    failing.clear();
  }

  /**
   * When the first of the failing calls may be tried again. One that may already, and was not,
   * waits for something else: it wakes nobody, and hides no other.
   *
   * @param at now
   * @return absent when none waits
   */
  public @Nullable Instant next(Instant at) {
    return failing.values().stream()
        .map(Failing::notBefore)
        .filter(moment -> moment.isAfter(at))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
