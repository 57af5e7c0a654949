package dev.lambdarollouts.engine.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strategy as the user wrote it, defaults not yet applied. {@link StrategyNormaliser} makes a
 * {@link Plan} of it.
 */
public record Strategy(
    Traffic traffic,
    List<WatchedAlarm> alarms,
    AlarmPolicy alarmPolicy,
    @Nullable Duration bakeTime,
    @Nullable Duration progressDeadline,
    Plan.OnDeadline onDeadline) {

  public Strategy {
    alarms = List.copyOf(alarms);
  }

  /** How traffic moves: exactly one of these. */
  public sealed interface Traffic {
    /** One of CodeDeploy's or the Serverless plugin's names. */
    record Preset(String name) implements Traffic {}

    /** Steps in the user's own order. */
    record Canary(List<Entry> entries) implements Traffic {
      public Canary {
        entries = List.copyOf(entries);
      }
    }

    /** The same share more after each interval. */
    record Linear(Weight percentage, Duration interval) implements Traffic {}

    /** Everything in one call. */
    record AllAtOnce() implements Traffic {}
  }
}
