package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Alarms of one account and region, polled every five seconds while anybody watches. */
public final class ModelAlarms implements AlarmPort {
  /** Between two polls. */
  public static final Duration POLLS = Duration.ofSeconds(5);

  private final ModelAws aws;
  private final TimeSource time;
  private final Map<String, Alarm> alarms = new TreeMap<>();
  private final Map<String, Watch> watches = new TreeMap<>();
  private final Map<String, AlarmSample> samples = new TreeMap<>();
  private boolean polling;

  private record Watch(Set<String> names, Runnable onChange) {}

  private record Alarm(
      AlarmSample.State state, Instant transitionedAt, @Nullable Instant firedAt) {}

  ModelAlarms(ModelAws aws, TimeSource time) {
    this.aws = aws;
    this.time = time;
  }

  /** CloudWatch changes its mind. */
  public void set(String name, AlarmSample.State state) {
    Alarm before = alarms.get(name);
    Instant at = aws.now();
    Instant firedAt = before == null ? null : before.firedAt;
    alarms.put(name, new Alarm(state, at, state == AlarmSample.State.ALARM ? at : firedAt));
  }

  /** Who watches anything. */
  public Set<String> watchers() {
    return Set.copyOf(watches.keySet());
  }

  /** The process that polled is dead. */
  void forget() {
    watches.clear();
    samples.clear();
    polling = false;
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
    time.after(POLLS, this::poll);
    if (aws.pass("DescribeAlarms", () -> {}) != null) {
      return;
    }
    List.copyOf(watches.values()).forEach(this::sample);
  }

  private void sample(Watch watch) {
    boolean changed = false;
    for (String name : watch.names) {
      AlarmSample before = samples.getOrDefault(name, AlarmSample.never(name));
      AlarmSample now = now(name, before);
      samples.put(name, now);
      changed |= now.state() != before.state();
    }
    if (changed) {
      watch.onChange.run();
    }
  }

  private AlarmSample now(String name, AlarmSample before) {
    Alarm alarm = alarms.get(name);
    Instant since = before.watchedSince() == null ? aws.now() : before.watchedSince();
    return alarm == null
        ? new AlarmSample(
            name, AlarmSample.State.MISSING, aws.now(), null, since, before.historyFrom(), null)
        : new AlarmSample(
            name,
            alarm.state,
            aws.now(),
            alarm.transitionedAt,
            since,
            before.historyFrom(),
            alarm.state == AlarmSample.State.ALARM ? alarm.firedAt : before.firedAt());
  }

  @Override
  public List<AlarmSample> samples(Collection<String> names) {
    return names.stream().map(name -> samples.getOrDefault(name, AlarmSample.never(name))).toList();
  }

  @Override
  public void lookUpHistory(String name, Instant from) {
    AwsFailure failure = aws.pass("DescribeAlarmHistory", () -> {});
    AlarmSample sample = samples.get(name);
    Alarm alarm = alarms.get(name);
    if (failure == null && sample != null && alarm != null) {
      Instant firedAt =
          alarm.firedAt == null || alarm.firedAt.isBefore(from) ? null : alarm.firedAt;
      samples.put(
          name,
          new AlarmSample(
              name,
              sample.state(),
              sample.sampledAt(),
              sample.transitionedAt(),
              sample.watchedSince(),
              from,
              firedAt));
    }
  }
}
