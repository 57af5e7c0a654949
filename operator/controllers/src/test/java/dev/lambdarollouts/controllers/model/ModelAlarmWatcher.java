package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.controllers.model.ModelAlarms.Alarm;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who polls with one stage's credentials, every five seconds while anybody watches there. */
final class ModelAlarmWatcher implements AlarmPort {
  /** api.md, maxStaleness: past it nobody knows what was meanwhile. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(60);

  private final ModelAlarms alarms;
  private final ModelAws aws;
  private final TimeSource time;
  private final StageTarget target;
  private final Map<String, Watch> watches = new TreeMap<>();
  private final Map<String, AlarmSample> samples = new TreeMap<>();
  private final Map<String, Instant> polledAt = new TreeMap<>();
  private boolean polling;
  private int failures;

  private record Watch(Set<String> names, Runnable onChange) {}

  ModelAlarmWatcher(ModelAlarms alarms, ModelAws aws, TimeSource time, StageTarget target) {
    this.target = target;
    this.alarms = alarms;
    this.aws = aws;
    this.time = time;
  }

  /** What is known here of an alarm. */
  AlarmSample known(String name) {
    return samples.getOrDefault(name, AlarmSample.never(name));
  }

  /** When, in truth, this one was last told of an alarm; absent when it never was. */
  @Nullable Instant polledAt(String name) {
    return polledAt.get(name);
  }

  /** Who watches anything here. */
  Set<String> watchers() {
    return Set.copyOf(watches.keySet());
  }

  /** The process that polled is dead. */
  void forget() {
    watches.clear();
    samples.clear();
    polledAt.clear();
    polling = false;
    failures = 0;
  }

  @Override
  public void watch(String watcher, Set<String> names, Runnable onChange) {
    if (names.isEmpty()) {
      watches.remove(watcher);
    } else {
      watches.put(watcher, new Watch(Set.copyOf(names), onChange));
      if (!polling) {
        polling = true;
        time.after(Duration.ZERO, this::poll);
      }
    }
  }

  private void poll() {
    if (watches.isEmpty()) {
      polling = false;
      samples.clear();
      return;
    }
    time.after(ModelAlarms.POLLS, this::poll);
    AwsFailure failure =
        aws.isRefused(target)
            ? new AwsFailure(AwsFailure.Kind.DENIED, "DescribeAlarms", "may not be assumed")
            : aws.pass("DescribeAlarms", () -> {});
    if (failure != null) {
      unanswered(failure);
      return;
    }
    failures = 0;
    Map<String, Alarm> answer = alarms.answer();
    Duration late = alarms.late();
    Instant asked = aws.now();
    Instant truly = aws.truly();
    if (late.isZero()) {
      answered(answer, asked, truly);
    } else {
      time.after(late, () -> answered(answer, asked, truly));
    }
  }

  /** As the ledger of the gateway does: a refusal is told at once, anything else if it lasts. */
  private void unanswered(AwsFailure failure) {
    failures++;
    for (Watch watch : List.copyOf(watches.values())) {
      boolean news = false;
      for (String name : watch.names) {
        AlarmSample is = known(name);
        boolean tells =
            is.unanswered() == null
                ? failure.isRefusal() || is.sampledAt() == null || failures > 1
                : failure.isRefusal() && !is.unanswered().isRefusal();
        if (tells) {
          samples.put(
              name,
              new AlarmSample(
                  name,
                  is.state(),
                  is.sampledAt(),
                  is.transitionedAt(),
                  is.watchedSince(),
                  is.historyFrom(),
                  is.firedAt(),
                  is.okAt(),
                  failure,
                  null,
                  is.firedByHistory()));
          news = true;
        }
      }
      if (news) {
        watch.onChange.run();
      }
    }
  }

  private void answered(Map<String, Alarm> answer, Instant asked, Instant truly) {
    for (Watch watch : List.copyOf(watches.values())) {
      boolean changed = false;
      for (String name : watch.names) {
        Instant newest = polledAt.get(name);
        if (newest != null && newest.isAfter(truly)) {
          // The gateway asks one question at a time: no answer overtakes another.
          continue;
        }
        AlarmSample before = known(name);
        AlarmSample now = now(name, before, answer.get(name), asked);
        samples.put(name, now);
        polledAt.put(name, truly);
        changed |=
            now.state() != before.state()
                || before.unanswered() != null
                || !Objects.equals(now.transitionedAt(), before.transitionedAt())
                || !Objects.equals(now.watchedSince(), before.watchedSince());
      }
      if (changed) {
        watch.onChange.run();
      }
    }
  }

  /** As the ledger of the gateway does. */
  private static AlarmSample now(
      String name, AlarmSample before, @Nullable Alarm alarm, Instant asked) {
    AlarmSample.State state = alarm == null ? AlarmSample.State.MISSING : alarm.state();
    Instant transitionedAt = alarm == null ? null : alarm.transitionedAt();
    boolean unbroken =
        before.sampledAt() != null
            && !asked.isBefore(before.sampledAt())
            && Duration.between(before.sampledAt(), asked).compareTo(LONGEST_GAP) <= 0
            && !mayHaveFiredBetween(before, state, transitionedAt);
    // What was looked up says nothing of the gap.
    return new AlarmSample(
        name,
        state,
        asked,
        transitionedAt,
        unbroken && before.watchedSince() != null ? before.watchedSince() : asked,
        unbroken ? before.historyFrom() : null,
        state == AlarmSample.State.ALARM ? asked : before.firedAt(),
        state == AlarmSample.State.OK ? asked : before.okAt(),
        null,
        null,
        before.firedByHistory());
  }

  private static boolean mayHaveFiredBetween(
      AlarmSample before, AlarmSample.State state, @Nullable Instant transitionedAt) {
    return before.state() != AlarmSample.State.ALARM
        && state != AlarmSample.State.ALARM
        && before.transitionedAt() != null
        && transitionedAt != null
        && !before.transitionedAt().equals(transitionedAt);
  }

  @Override
  public List<AlarmSample> samples(Collection<String> names) {
    return names.stream().map(this::known).toList();
  }

  @Override
  public void lookUpHistory(String name, Instant from) {
    AwsFailure failure = aws.pass("DescribeAlarmHistory", () -> {});
    AlarmSample sample = samples.get(name);
    if (failure == null && sample != null && alarms.exists(name)) {
      Instant firedAt = alarms.firedAt(name);
      Instant fired = firedAt == null || firedAt.isBefore(from) ? sample.firedByHistory() : firedAt;
      samples.put(
          name,
          new AlarmSample(
              name,
              sample.state(),
              sample.sampledAt(),
              sample.transitionedAt(),
              sample.watchedSince(),
              from,
              sample.firedAt(),
              sample.okAt(),
              sample.unanswered(),
              null,
              fired));
    }
  }
}
