package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.WatchedAlarm.OnInsufficientData;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the watched alarms say together; api.md, What is healthy. Every alarm is in exactly one
 * list, or healthy.
 *
 * @param firing in ALARM (or as good as), not excused: takes traffic off the candidate, or blocks
 *     before it has any
 * @param unknown nothing certain is known: no advance
 * @param waiting INSUFFICIENT_DATA under Hold, after the start
 * @param excused in ALARM, or without data, and excused
 * @param recovered excused, and now seen OK: excused no longer
 * @param firedEarly one fired and recovered after Shifting was recorded and before the first
 *     request
 */
record AlarmHealth(
    List<Firing> firing,
    List<String> unknown,
    List<String> waiting,
    Set<String> excused,
    Set<String> recovered,
    boolean firedEarly) {

  /** An alarm that counts, and for people why. */
  record Firing(String name, String why) {}

  private static final AlarmHealth NOTHING_WATCHED =
      new AlarmHealth(List.of(), List.of(), List.of(), Set.of(), Set.of(), false);

  /** Judges the newest samples for the attempt that the progress describes. */
  static AlarmHealth of(Progress progress, Observation seen) {
    Plan plan = progress.plan();
    if (plan == null || plan.alarms().isEmpty()) {
      return NOTHING_WATCHED;
    }
    Reading reading = new Reading(progress, seen, plan.alarmPolicy());
    plan.alarms().forEach(reading::judge);
    return new AlarmHealth(
        reading.firing,
        reading.unknown,
        reading.waiting,
        reading.excused,
        reading.recovered,
        reading.firedEarly);
  }

  /** Every watched alarm is known to be healthy, or the user's own word says so. */
  boolean isHealthy() {
    return firing.isEmpty() && unknown.isEmpty() && waiting.isEmpty();
  }

  /** For people: what keeps it from being healthy. */
  String why() {
    List<String> parts = new ArrayList<>();
    firing.forEach(alarm -> parts.add(alarm.why()));
    parts.addAll(unknown);
    parts.addAll(waiting);
    return String.join("; ", parts);
  }

  /**
   * AWS' clock, this process' and that of the process before may differ; by more than 5 minutes AWS
   * refuses what is signed with one of them (Signature Version 4).
   */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /**
   * From when on, by AWS' clock, the history of an alarm tells what happened in this step while
   * nobody watched: from after the last change that is recorded, for that is told by AWS too; else
   * from so long before the step that no clock hides anything.
   *
   * @param maxStaleness how old the sample may have been on which the step was taken
   */
  static Instant historyFrom(AlarmSample sample, Instant stepStartedAt, Duration maxStaleness) {
    Instant early = stepStartedAt.minus(SKEW).minus(maxStaleness);
    Instant recorded = sample.recordedSince();
    return recorded == null || recorded.isBefore(early) ? early : recorded.plusMillis(1);
  }

  /**
   * True when a sample says nothing of the time between the start of the step and the first poll,
   * and its state may have changed in that time: then its history has to be looked up before it is
   * known.
   */
  static boolean needsHistory(
      AlarmSample sample, @Nullable Instant stepStartedAt, Instant at, Duration maxStaleness) {
    if (stepStartedAt == null || !isUnwatched(sample, stepStartedAt, at)) {
      return false;
    }
    Instant from = historyFrom(sample, stepStartedAt, maxStaleness);
    Instant changed = sample.transitionedAt();
    return changed != null
        && !changed.isBefore(from)
        && (sample.historyFrom() == null || sample.historyFrom().isAfter(from));
  }

  /** Polls broke off since the step began; or a clock was set back, and nobody knows. */
  private static boolean isUnwatched(AlarmSample sample, Instant stepStartedAt, Instant at) {
    return isAfter(sample.watchedSince(), stepStartedAt) || at.isBefore(stepStartedAt);
  }

  /**
   * The step was recorded by a clock that this process' cannot be compared with: the observer then
   * says that it watches from right after the step on, whenever it began.
   */
  private static boolean isOfAnotherClock(AlarmSample sample, Instant stepStartedAt, Instant at) {
    return at.isBefore(stepStartedAt) || stepStartedAt.plusMillis(1).equals(sample.watchedSince());
  }

  private static boolean isAtOrAfter(@Nullable Instant moment, Instant other) {
    return moment != null && !moment.isBefore(other);
  }

  private static boolean isAfter(@Nullable Instant moment, Instant other) {
    return moment != null && moment.isAfter(other);
  }

  /** One pass over the alarms. */
  private static final class Reading {
    private final Progress progress;
    private final Observation seen;
    private final AlarmPolicy policy;
    private final boolean started;
    private final List<Firing> firing = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private final Set<String> excused = new TreeSet<>();
    private final Set<String> recovered = new TreeSet<>();
    private boolean firedEarly;

    Reading(Progress progress, Observation seen, AlarmPolicy policy) {
      this.progress = progress;
      this.seen = seen;
      this.policy = policy;
      // The start is the moment when traffic first moves: Shifting is recorded right before it.
      this.started = progress.stepStartedAt() != null;
    }

    void judge(WatchedAlarm alarm) {
      AlarmSample sample =
          seen.alarms().stream()
              .filter(one -> one.name().equals(alarm.name()))
              .findFirst()
              .orElseGet(() -> AlarmSample.never(alarm.name()));
      boolean isExcused = progress.excused().contains(alarm.name()) && !wasOkSinceStep(sample);
      firedEarly |= started && !mayHaveHadTraffic() && firedSinceStep(sample);
      if (sample.state() == AlarmSample.State.ALARM) {
        fires(alarm, isExcused, "alarm " + alarm.name() + " is in ALARM");
      } else if (isUnknown(sample)) {
        if (policy.onPollFailure() != AlarmPolicy.OnPollFailure.IGNORE) {
          unknown.add(whyUnknown(sample));
        }
      } else if (mayHaveHadTraffic() && firedSinceStep(sample)) {
        fires(alarm, isExcused, "alarm " + alarm.name() + " was in ALARM meanwhile");
      } else if (sample.state() == AlarmSample.State.INSUFFICIENT_DATA) {
        withoutData(alarm, isExcused);
      } else if (isExcused) {
        recovered.add(alarm.name());
      }
    }

    private void fires(WatchedAlarm alarm, boolean isExcused, String why) {
      if (isExcused) {
        excused.add(alarm.name());
      } else {
        firing.add(new Firing(alarm.name(), why));
      }
    }

    private void withoutData(WatchedAlarm alarm, boolean isExcused) {
      String why = "alarm " + alarm.name() + " has INSUFFICIENT_DATA";
      if (alarm.onInsufficientData() == OnInsufficientData.IGNORE) {
        return;
      }
      if (started && alarm.onInsufficientData() == OnInsufficientData.HOLD && !isExcused) {
        waiting.add(why);
      } else {
        fires(alarm, isExcused, why);
      }
    }

    /**
     * Before the first request what fired and recovered says nothing of the candidate; Shifting is
     * recorded ahead of the call that gives it any.
     */
    private boolean mayHaveHadTraffic() {
      Candidate candidate = progress.candidate();
      boolean none =
          progress.weight().isNone()
              && candidate != null
              && candidate.version() != null
              && seen.alias() instanceof AliasFact.Present present
              && present.target().weightOf(candidate.version()).isNone();
      return started && !none;
    }

    /**
     * What polls saw is by this process' clock, as the step is; what only the history tells is by
     * AWS' clock, and is judged by AWS' own order of events.
     */
    private boolean firedSinceStep(AlarmSample sample) {
      Instant step = progress.stepStartedAt();
      if (step == null) {
        return false;
      }
      Instant told = historyFrom(sample, step, policy.maxStaleness());
      Instant polled = isOfAnotherClock(sample, step, seen.at()) ? told : step;
      return isAtOrAfter(sample.firedAt(), polled)
          || (isUnwatched(sample, step, seen.at()) && isAtOrAfter(sample.firedByHistory(), told));
    }

    /** Then it is a new ALARM; what was excused has ended. */
    private boolean wasOkSinceStep(AlarmSample sample) {
      Instant since = progress.stepStartedAt();
      return sample.state() == AlarmSample.State.ALARM
          && since != null
          && isAfter(sample.okAt(), since);
    }

    private boolean isUnknown(AlarmSample sample) {
      return switch (sample.state()) {
        case UNKNOWN, MISSING -> true;
        case OK, ALARM, INSUFFICIENT_DATA -> isStale(sample) || needsHistory(sample);
      };
    }

    private boolean needsHistory(AlarmSample sample) {
      return AlarmHealth.needsHistory(
          sample, progress.stepStartedAt(), seen.at(), policy.maxStaleness());
    }

    private boolean isStale(AlarmSample sample) {
      Instant sampledAt = sample.sampledAt();
      if (sampledAt == null) {
        return true;
      }
      Duration age = Duration.between(sampledAt, seen.at());
      // From the future: the clock was set back, and how old it is nobody knows.
      return age.isNegative() || age.compareTo(policy.maxStaleness()) > 0;
    }

    private String whyUnknown(AlarmSample sample) {
      String name = "alarm " + sample.name();
      String because = sample.unanswered() == null ? "" : " (" + sample.unanswered() + ")";
      if (sample.state() == AlarmSample.State.MISSING) {
        return name + " does not exist: create it, or correct its name in the strategy";
      }
      if (sample.sampledAt() == null) {
        return name + " was not read yet" + because;
      }
      if (sample.state() == AlarmSample.State.UNKNOWN) {
        return name + " is in a state that this operator does not know";
      }
      return isStale(sample)
          ? name + " was last read at " + sample.sampledAt() + ", too long ago" + because
          : name + " changed while nobody watched: its history is not known yet";
    }
  }
}
