package dev.lambdarollouts.engine.plan;

import java.time.Duration;
import java.util.List;

/**
 * The whole normalised strategy that an attempt starts with and keeps to its end.
 *
 * @param entries ends with a {@link Entry.SetWeight} of 100 %, or with the pauses after one
 * @param bakeTime at 100 %, alarms still watched
 * @param progressDeadline no progress for so long: {@code onDeadline}
 */
public record Plan(
    List<Entry> entries,
    List<WatchedAlarm> alarms,
    AlarmPolicy alarmPolicy,
    Duration bakeTime,
    Duration progressDeadline,
    OnDeadline onDeadline) {

  public Plan {
    entries = List.copyOf(entries);
    alarms = List.copyOf(alarms);
  }

  /** The entry that gives the candidate everything: where a first release begins. */
  public int promotingIndex() {
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index) instanceof Entry.SetWeight(Weight weight) && weight.isAll()) {
        return index;
      }
    }
    throw new IllegalStateException("a plan always has an entry of 100%");
  }

  /** The same without its steps: everything in one call, alarms and bake as they were. */
  public Plan withoutSteps() {
    return new Plan(
        List.of(entries.get(promotingIndex())),
        alarms,
        alarmPolicy,
        bakeTime,
        progressDeadline,
        onDeadline);
  }

  /** What the deadline does. */
  public enum OnDeadline {
    /** Traffic back to stable, the release rejected. */
    ROLLBACK,
    /** Wait for a person. */
    PAUSE
  }
}
