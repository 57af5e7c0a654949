package dev.lambdarollouts.aws;

import dev.lambdarollouts.aws.AlarmReader.Reported;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the watched alarms, and what of it is news. No I/O, no clock; its owner guards
 * it against threads.
 */
final class AlarmLedger {
  private final Duration staleness;
  private final Map<String, Entry> entries = new HashMap<>();

  AlarmLedger(Duration staleness) {
    this.staleness = staleness;
  }

  private static final class Entry {
    private AlarmSample sample;
    private boolean asked;
    private boolean stale;
    private int unanswered;

    Entry(String name) {
      sample = AlarmSample.never(name);
    }
  }

  /** Only these are watched from now on; the others are forgotten. */
  void watch(Set<String> names) {
    entries.keySet().retainAll(names);
    names.forEach(name -> entries.computeIfAbsent(name, Entry::new));
  }

  List<String> names() {
    return entries.keySet().stream().sorted().toList();
  }

  /** Names that no poll has asked for yet. */
  List<String> unasked() {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().asked)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  void asking(Collection<String> names) {
    for (String name : names) {
      Entry entry = entries.get(name);
      if (entry != null) {
        entry.asked = true;
      }
    }
  }

  AlarmSample sample(String name) {
    Entry entry = entries.get(name);
    return entry == null ? AlarmSample.never(name) : entry.sample;
  }

  /**
   * AWS answered for these names.
   *
   * @return the names whose alarm is news: changed, or fresh again
   */
  Set<String> answered(Collection<String> asked, Map<String, Reported> reported, Instant at) {
    Set<String> news = new HashSet<>();
    for (String name : asked) {
      Entry entry = entries.get(name);
      if (entry != null && record(entry, reported.get(name), at)) {
        news.add(name);
      }
    }
    return news;
  }

  private boolean record(Entry entry, @Nullable Reported reported, Instant at) {
    AlarmSample before = entry.sample;
    State state = reported == null ? State.MISSING : reported.state();
    Instant transitionedAt = reported == null ? null : reported.transitionedAt();
    boolean unbroken =
        before.sampledAt() != null
            // A clock that was set back: how long nobody looked, nobody knows.
            && !at.isBefore(before.sampledAt())
            && !isStale(before.sampledAt(), at)
            && !mayHaveFiredBetween(before, state, transitionedAt);
    entry.sample =
        new AlarmSample(
            before.name(),
            state,
            at,
            transitionedAt,
            unbroken ? before.watchedSince() : at,
            // What was looked up says nothing of the gap.
            unbroken ? before.historyFrom() : null,
            state == State.ALARM ? at : before.firedAt(),
            state == State.OK ? at : before.okAt(),
            null,
            null,
            before.firedByHistory());
    boolean freshAgain = entry.stale;
    entry.stale = false;
    entry.unanswered = 0;
    return freshAgain
        || before.unanswered() != null
        || before.sampledAt() == null
        || before.state() != state
        || !Objects.equals(before.transitionedAt(), transitionedAt);
  }

  /**
   * It changed since the last poll, and neither poll saw it in ALARM: only its history knows what
   * was in between.
   */
  private static boolean mayHaveFiredBetween(
      AlarmSample before, State state, @Nullable Instant transitionedAt) {
    return before.state() != State.ALARM
        && state != State.ALARM
        && before.transitionedAt() != null
        && transitionedAt != null
        && !before.transitionedAt().equals(transitionedAt);
  }

  /**
   * AWS did not answer for these names; what is known of them grows old. A refusal stays until
   * somebody mends it, and is told at once; anything else may be over with the next poll, and is
   * told from the second in a row on. Told is what was told first, or the first refusal: words that
   * change with each poll would be a status write with each.
   *
   * @return the names of which it is news that they cannot be read
   */
  Set<String> unanswered(Collection<String> names, AwsFailure failure) {
    Set<String> news = new HashSet<>();
    for (String name : names) {
      Entry entry = entries.get(name);
      if (entry != null && isTold(entry, failure)) {
        AlarmSample is = entry.sample;
        entry.sample =
            new AlarmSample(
                is.name(),
                is.state(),
                is.sampledAt(),
                is.transitionedAt(),
                is.watchedSince(),
                is.historyFrom(),
                is.firedAt(),
                is.okAt(),
                failure,
                null,
                is.firedByHistory());
        news.add(name);
      }
    }
    return news;
  }

  private static boolean isTold(Entry entry, AwsFailure failure) {
    entry.unanswered++;
    AwsFailure told = entry.sample.unanswered();
    if (told != null) {
      return failure.isRefusal() && !told.isRefusal();
    }
    return failure.isRefusal() || entry.sample.sampledAt() == null || entry.unanswered > 1;
  }

  /** The names whose sample grew too old and of which that was not yet told. */
  Set<String> turnedStale(Instant now) {
    Set<String> turned = new HashSet<>();
    entries.forEach(
        (name, entry) -> {
          Instant sampledAt = entry.sample.sampledAt();
          if (!entry.stale && sampledAt != null && isStale(sampledAt, now)) {
            entry.stale = true;
            turned.add(name);
          }
        });
    return turned;
  }

  /** When the next sample will have grown too old, if no poll is answered before. */
  @Nullable Instant nextStale() {
    Instant next = null;
    for (Entry entry : entries.values()) {
      Instant sampledAt = entry.sample.sampledAt();
      if (!entry.stale && sampledAt != null && (next == null || sampledAt.isBefore(next))) {
        next = sampledAt;
      }
    }
    // Too old is older than the staleness, not as old.
    return next == null ? null : next.plus(staleness).plusNanos(1);
  }

  /** When the oldest sample was taken; absent when there is none. */
  @Nullable Instant oldestSample() {
    return entries.values().stream()
        .map(entry -> entry.sample.sampledAt())
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * The history since {@code from} was looked up.
   *
   * @param watchedSince of the sample when the look-up began; when polls broke off meanwhile, the
   *     look-up is void
   * @param firedAt absent when the history has no ALARM
   * @return whether a newer moment of ALARM became known
   */
  boolean lookedUp(String name, Instant watchedSince, Instant from, @Nullable Instant firedAt) {
    Entry entry = entries.get(name);
    if (entry == null || !watchedSince.equals(entry.sample.watchedSince())) {
      return false;
    }
    AlarmSample before = entry.sample;
    entry.sample =
        new AlarmSample(
            before.name(),
            before.state(),
            before.sampledAt(),
            before.transitionedAt(),
            before.watchedSince(),
            earlier(before.historyFrom(), from),
            before.firedAt(),
            before.okAt(),
            before.unanswered(),
            null,
            later(before.firedByHistory(), firedAt));
    return !Objects.equals(entry.sample.firedByHistory(), before.firedByHistory());
  }

  private boolean isStale(Instant sampledAt, Instant now) {
    return Duration.between(sampledAt, now).compareTo(staleness) > 0;
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
