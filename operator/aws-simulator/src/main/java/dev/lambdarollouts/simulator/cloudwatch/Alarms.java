package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of all accounts and regions. A change of one is told to the composite alarms above it.
 * Guarded by the timeline's lock.
 */
final class Alarms {
  private static final DateTimeFormatter IN_REASONS =
      DateTimeFormatter.ofPattern("EEEE d MMMM, yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter IN_DATA =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  private final Map<Location, NavigableMap<String, Alarm>> byLocation = new HashMap<>();
  private final AlarmHistory history;

  Alarms(AlarmHistory history) {
    this.history = history;
  }

  NavigableMap<String, Alarm> in(Location location) {
    return byLocation.computeIfAbsent(location, here -> new TreeMap<>());
  }

  List<Alarm> all() {
    List<Alarm> all = new ArrayList<>();
    byLocation.values().forEach(alarms -> all.addAll(alarms.values()));
    return all;
  }

  /** By name, or by ARN in the same place. */
  @Nullable Alarm find(Location location, String nameOrArn) {
    String prefix = location.arn("cloudwatch", "alarm:");
    String name = nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
    return in(location).get(name);
  }

  /** Sets a state; the history tells of it when the value changed. */
  void set(Alarm alarm, AlarmState.Value value, String reason, @Nullable String data, Instant now) {
    set(alarm, value, reason, data, now, new HashSet<>());
  }

  /**
   * Sets a state, and evaluates what depends on it. AWS lets composite alarms depend on each other
   * in a circle, and stops where the path of an evaluation comes back to itself.
   */
  private void set(
      Alarm alarm,
      AlarmState.Value value,
      String reason,
      @Nullable String data,
      Instant now,
      Set<Alarm> path) {
    AlarmState before = alarm.state();
    AlarmState after = before.becomes(value, reason, data, now);
    alarm.state(after);
    if (before.value() == value) {
      return;
    }
    history.transition(alarm, before, after);
    path.add(alarm);
    String cause = alarm.arn() + " transitioned to " + value + " at " + IN_REASONS.format(now);
    for (Alarm parent : parents(alarm)) {
      if (!path.contains(parent)) {
        evaluate(parent, cause, alarm, now, path);
      }
    }
    path.remove(alarm);
  }

  /** What a new or changed composite alarm is by its rule. */
  void evaluateNew(Alarm composite, Instant now) {
    boolean holds = holds(composite);
    set(
        composite,
        holds ? AlarmState.Value.ALARM : AlarmState.Value.OK,
        composite.arn()
            + " was created and its alarm rule evaluates to "
            + (holds ? AlarmState.Value.ALARM : AlarmState.Value.OK),
        null,
        now);
  }

  /** The composite alarms whose rule names this alarm. */
  List<Alarm> parents(Alarm child) {
    List<Alarm> parents = new ArrayList<>();
    for (Alarm alarm : in(child.location()).values()) {
      if (alarm.type() == Alarm.Type.CompositeAlarm && children(alarm).contains(child)) {
        parents.add(alarm);
      }
    }
    return parents;
  }

  List<Alarm> children(Alarm composite) {
    List<Alarm> children = new ArrayList<>();
    for (String named : composite.rule().children()) {
      Alarm child = find(composite.location(), named);
      if (child != null) {
        children.add(child);
      }
    }
    return children;
  }

  private void evaluate(Alarm composite, String reason, Alarm cause, Instant now, Set<Alarm> path) {
    AlarmState.Value value = holds(composite) ? AlarmState.Value.ALARM : AlarmState.Value.OK;
    if (value == composite.state().value()) {
      return;
    }
    String data =
        "{\"triggeringAlarms\":[{\"arn\":\""
            + cause.arn()
            + "\",\"state\":{\"value\":\""
            + cause.state().value()
            + "\",\"timestamp\":\""
            + IN_DATA.format(cause.state().updated())
            + "\"}}]}";
    set(composite, value, reason, data, now, path);
  }

  private boolean holds(Alarm composite) {
    return composite
        .rule()
        .holds(
            named -> {
              Alarm alarm = find(composite.location(), named);
              return alarm == null ? null : alarm.state().value();
            });
  }
}
