package dev.lambdarollouts.aws;

import dev.lambdarollouts.aws.AlarmReader.Reported;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the alarms of one account, region and role for all that watch there, while somebody does.
 * One poll at a time, the next one interval after the start of the last; a new name is asked for at
 * once unless a poll is due within a second. A poll that fails changes nothing but the age of what
 * is known. Everyone is woken only for what they watch: a change, polls that are refused or fail
 * twice in a row, samples that grew stale, or are fresh again.
 */
final class AlarmWatcher implements AlarmPort, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatcher.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final String place;
  private final AlarmReader reader;
  private final TimeSource time;
  private final Duration interval;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Watch> watches = new HashMap<>();
  private final AlarmLedger ledger;
  private Instant nextFullPoll;
  private boolean polling;
  private boolean closed;
  private boolean failing;
  private @Nullable Instant pollAt;
  private TimeSource.Timer pollTimer = () -> {};
  private TimeSource.Timer staleTimer = () -> {};

  /**
   * Watches nothing yet.
   *
   * @param place account and region, for the log
   * @param executor runs polls, which block
   */
  AlarmWatcher(
      String place,
      AlarmReader reader,
      TimeSource time,
      GatewaySettings settings,
      Executor executor) {
    this.place = place;
    this.reader = reader;
    this.time = time;
    this.interval = settings.alarmPollInterval();
    this.executor = executor;
    this.ledger = new AlarmLedger(settings.alarmStaleness());
    this.nextFullPoll = time.instant();
  }

  private record Watch(Set<String> names, Runnable onChange) {}

  @Override
  public void watch(String watcher, Set<String> names, Runnable onChange) {
    lock.lock();
    try {
      if (names.isEmpty()) {
        watches.remove(watcher);
      } else {
        watches.put(watcher, new Watch(Set.copyOf(names), onChange));
      }
      Set<String> all = new HashSet<>();
      watches.values().forEach(watch -> all.addAll(watch.names()));
      ledger.watch(all);
      schedule();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<AlarmSample> samples(Collection<String> names) {
    lock.lock();
    try {
      return names.stream().map(ledger::sample).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lookUpHistory(String name, Instant from) {
    Instant watchedSince = samples(List.of(name)).getFirst().watchedSince();
    // Without a sample there would be a gap between what the history says and what polls will.
    if (watchedSince != null
        && reader.lastFired(name, from)
            instanceof AwsReply.Done<Optional<Instant>>(Optional<Instant> fired)) {
      tell(
          () ->
              ledger.lookedUp(name, watchedSince, from, fired.orElse(null))
                  ? Set.of(name)
                  : Set.of());
    }
  }

  /** Whether anybody watches here. */
  boolean isWatching() {
    lock.lock();
    try {
      return !watches.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest sample in use was taken; absent when there is none. */
  @Nullable Instant oldestSample() {
    lock.lock();
    try {
      return ledger.oldestSample();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      watches.clear();
      ledger.watch(Set.of());
      schedule();
    } finally {
      lock.unlock();
    }
  }

  /** Sets both timers to what is due now. Under the lock. */
  private void schedule() {
    staleTimer.cancel();
    Instant stale = ledger.nextStale();
    staleTimer =
        stale == null
            ? () -> {}
            : time.after(until(stale), () -> executor.execute(() -> tell(this::turnedStale)));
    if (polling) {
      // The end of the poll schedules the next.
      return;
    }
    Instant due = nextPoll();
    if (due == null || pollAt == null || due.isBefore(pollAt)) {
      pollTimer.cancel();
      pollAt = due;
      pollTimer =
          due == null ? () -> {} : time.after(until(due), () -> executor.execute(this::poll));
    }
  }

  /** A delay and no moment: a clock that is set back stops no poll. */
  private Duration until(Instant moment) {
    Duration wait = Duration.between(time.instant(), moment);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** The clock was set back since the next poll was set. */
  private boolean isOutOfReach(Instant poll, Instant now) {
    return poll.isAfter(now.plus(interval));
  }

  private @Nullable Instant nextPoll() {
    if (closed || watches.isEmpty()) {
      return null;
    }
    Instant now = time.instant();
    if (isOutOfReach(nextFullPoll, now)) {
      return now;
    }
    boolean newName = !ledger.unasked().isEmpty();
    return newName && nextFullPoll.isAfter(now.plus(SOON)) ? now : nextFullPoll;
  }

  private void poll() {
    List<String> names = begin();
    if (names == null) {
      return;
    }
    try {
      for (int from = 0; from < names.size(); from += AlarmReader.NAMES) {
        ask(names.subList(from, Math.min(names.size(), from + AlarmReader.NAMES)));
      }
    } catch (RuntimeException e) {
      // Whatever it was: polling goes on, or nobody would ever hear of an alarm again.
      LOG.error("A poll of the alarms in {} broke off", place, e);
    } finally {
      end();
    }
  }

  /** The names to ask for; null when a poll is under way. */
  private @Nullable List<String> begin() {
    lock.lock();
    try {
      pollAt = null;
      if (polling || closed) {
        return null;
      }
      polling = true;
      Instant now = time.instant();
      boolean full = !nextFullPoll.isAfter(now) || isOutOfReach(nextFullPoll, now);
      List<String> names = full ? ledger.names() : ledger.unasked();
      if (full) {
        nextFullPoll = now.plus(interval);
      }
      ledger.asking(names);
      return names;
    } finally {
      lock.unlock();
    }
  }

  private void ask(List<String> names) {
    // An answer that was long on its way says what was so when it was asked for.
    Instant asked = time.instant();
    switch (reader.describe(names)) {
      case AwsReply.Done<Map<String, Reported>>(Map<String, Reported> reported) -> {
        if (failing) {
          LOG.info("The alarms in {} can be read again", place);
        }
        failing = false;
        tell(() -> ledger.answered(names, reported, asked));
      }
      case AwsReply.Failed<Map<String, Reported>>(AwsFailure failure) -> {
        if (!failing) {
          LOG.warn("The alarms in {} cannot be read, what is known grows old: {}", place, failure);
        }
        failing = true;
        tell(() -> ledger.unanswered(names, failure));
      }
    }
  }

  private void end() {
    lock.lock();
    try {
      polling = false;
      schedule();
    } finally {
      lock.unlock();
    }
  }

  private Set<String> turnedStale() {
    return ledger.turnedStale(time.instant());
  }

  /** Takes news from the ledger and wakes those whom it concerns, outside the lock. */
  private void tell(Supplier<Set<String>> news) {
    List<Runnable> concerned = new ArrayList<>();
    lock.lock();
    try {
      Set<String> names = news.get();
      for (Watch watch : watches.values()) {
        if (!Collections.disjoint(watch.names(), names)) {
          concerned.add(watch.onChange());
        }
      }
      schedule();
    } finally {
      lock.unlock();
    }
    for (Runnable onChange : concerned) {
      try {
        onChange.run();
      } catch (RuntimeException e) {
        LOG.error("A watcher of alarms in {} failed when it was woken", place, e);
      }
    }
  }
}
