package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alarms of one account and region, and what the operator knows of them: as in the gateway, each
 * stage's credentials have a port of their own.
 */
public final class ModelAlarms {
  /** Between two polls. */
  public static final Duration POLLS = Duration.ofSeconds(5);

  private final ModelAws aws;
  private final TimeSource time;
  private final Map<String, Alarm> alarms = new TreeMap<>();
  private final Map<StageTarget, ModelAlarmWatcher> ports = new HashMap<>();
  private Set<String> leftOut = Set.of();
  private Duration late = Duration.ZERO;

  record Alarm(AlarmSample.State state, Instant transitionedAt, @Nullable Instant firedAt) {}

  ModelAlarms(ModelAws aws, TimeSource time) {
    this.aws = aws;
    this.time = time;
  }

  /** Made once for each target. */
  ModelAlarmWatcher port(StageTarget target) {
    return ports.computeIfAbsent(target, key -> new ModelAlarmWatcher(this, aws, time, key));
  }

  /** What a poll is told now. */
  Map<String, Alarm> answer() {
    Map<String, Alarm> answer = new TreeMap<>(alarms);
    answer.keySet().removeAll(leftOut);
    return answer;
  }

  /** So much later than it was asked for a poll's answer arrives. */
  Duration late() {
    return late;
  }

  boolean exists(String name) {
    return alarms.containsKey(name);
  }

  /** CloudWatch changes its mind. */
  public void set(String name, AlarmSample.State state) {
    Alarm before = alarms.get(name);
    Instant at = aws.truly();
    Instant firedAt = before == null ? null : before.firedAt;
    alarms.put(name, new Alarm(state, at, state == AlarmSample.State.ALARM ? at : firedAt));
  }

  /** The next answers leave these alarms out. */
  public void leaveOut(Set<String> names) {
    leftOut = Set.copyOf(names);
  }

  void copy(ModelAlarms other) {
    alarms.putAll(other.alarms);
  }

  /** What the operator knows of an alarm, by whichever port was told of it last. */
  public AlarmSample known(String name) {
    AlarmSample newest = AlarmSample.never(name);
    for (ModelAlarmWatcher port : ports.values()) {
      AlarmSample one = port.known(name);
      Instant before = newest.sampledAt();
      Instant sampledAt = one.sampledAt();
      if (before == null || (sampledAt != null && sampledAt.isAfter(before))) {
        newest = one;
      }
    }
    return newest;
  }

  /** True when, in truth, an alarm is in ALARM, and answers come in time. */
  public boolean fires(String name) {
    Alarm alarm = alarms.get(name);
    return alarm != null && alarm.state == AlarmSample.State.ALARM && late.isZero();
  }

  /** When, in truth, the operator was last told of an alarm; absent when it never was. */
  public @Nullable Instant polledAt(String name) {
    List<Instant> told =
        ports.values().stream()
            .map(port -> port.polledAt(name))
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return told.isEmpty() ? null : told.getLast();
  }

  /** When, in truth, an alarm was last in ALARM; absent when it never was. */
  public @Nullable Instant firedAt(String name) {
    Alarm alarm = alarms.get(name);
    return alarm == null ? null : alarm.firedAt;
  }

  /** From now on answers arrive so much later than they were asked for. */
  public void answerLate(Duration by) {
    late = by;
  }

  /** Who watches anything. */
  public Set<String> watchers() {
    return ports.values().stream()
        .map(ModelAlarmWatcher::watchers)
        .flatMap(Collection::stream)
        .collect(Collectors.toSet());
  }

  /** The process that polled is dead. */
  void forget() {
    ports.values().forEach(ModelAlarmWatcher::forget);
  }
}
