package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.rollout.AlarmStatus;
import dev.lambdarollouts.crds.rollout.AlarmStatus.State;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Alarms as the status shows them; the same samples give the same entries. */
final class AlarmEntries {
  private AlarmEntries() {}

  static List<AlarmStatus> of(
      List<AlarmSample> samples, Set<String> excused, List<AlarmStatus> before) {
    List<AlarmStatus> entries = new ArrayList<>();
    Set<String> notSeen = new TreeSet<>(excused);
    for (AlarmSample sample : samples) {
      entries.add(entry(sample, excused.contains(sample.name()), before));
      notSeen.remove(sample.name());
    }
    for (String name : notSeen) {
      entries.add(new AlarmStatus(name, State.UNKNOWN, since(name, State.UNKNOWN, before), true));
    }
    return entries;
  }

  /** What this process has not read yet stays as it was recorded: when it changed is a fact. */
  private static AlarmStatus entry(
      AlarmSample sample, boolean isExcused, List<AlarmStatus> before) {
    State state = state(sample.state());
    Instant changed = sample.transitionedAt();
    if (sample.sampledAt() == null) {
      for (AlarmStatus recorded : before) {
        if (recorded.name().equals(sample.name())) {
          return new AlarmStatus(recorded.name(), recorded.state(), recorded.since(), isExcused);
        }
      }
    }
    return new AlarmStatus(
        sample.name(),
        state,
        changed == null ? since(sample.name(), state, before) : changed,
        isExcused);
  }

  private static State state(AlarmSample.State state) {
    return switch (state) {
      case OK -> State.OK;
      case ALARM -> State.ALARM;
      case INSUFFICIENT_DATA -> State.INSUFFICIENT_DATA;
      case MISSING, UNKNOWN -> State.UNKNOWN;
    };
  }

  private static @Nullable Instant since(String name, State state, List<AlarmStatus> before) {
    return before.stream()
        .filter(entry -> entry.name().equals(name) && entry.state() == state)
        .map(AlarmStatus::since)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
