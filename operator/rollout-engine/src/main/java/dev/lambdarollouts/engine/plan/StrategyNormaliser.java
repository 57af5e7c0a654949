package dev.lambdarollouts.engine.plan;

import dev.lambdarollouts.engine.plan.Strategy.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the {@link Plan} that a {@link Strategy} means, or says what is wrong with it. Idempotent
 * on its own result.
 */
public final class StrategyNormaliser {
  /** Bake when alarms are watched and the strategy says nothing; api.md, RolloutStrategy. */
  public static final Duration DEFAULT_BAKE = Duration.ofMinutes(5);

  /**
   * The deadline of a strategy that says nothing. Longer than anything AWS needs by itself: a
   * SnapStart version takes minutes, and its waiter gives up after 26 (SDK model,
   * PublishedVersionActive).
   */
  public static final Duration DEFAULT_PROGRESS_DEADLINE = Duration.ofMinutes(30);

  private static final Entry PROMOTE = new Entry.SetWeight(Weight.ALL);

  private StrategyNormaliser() {}

  /** What came of it. */
  public sealed interface Result {
    /** A plan. */
    record Normalised(Plan plan) implements Result {}

    /**
     * None.
     *
     * @param field below the strategy: {@code preset}, {@code canary.steps[2]}
     * @param message what was found and what to do
     */
    record Refused(String field, String message) implements Result {}
  }

  /** Applies defaults, expands presets and linear strategies, and adds the last step to 100 %. */
  public static Result normalise(Strategy strategy) {
    return switch (strategy.traffic()) {
      case Traffic.Preset(String name) -> {
        Traffic traffic = PresetCatalog.find(name);
        yield traffic == null
            ? new Result.Refused(
                "preset", "found " + name + ", which is none; use one of " + PresetCatalog.names())
            : withEntries(strategy, entriesOf(traffic));
      }
      case Traffic.Linear(Weight percentage, Duration interval) when percentage.isNone() ->
          new Result.Refused("linear.percentage", "found 0%; use more than 0%, up to 100%");
      case Traffic traffic -> withEntries(strategy, entriesOf(traffic));
    };
  }

  private static List<Entry> entriesOf(Traffic traffic) {
    return switch (traffic) {
      case Traffic.AllAtOnce() -> List.of(PROMOTE);
      case Traffic.Canary(List<Entry> entries) -> entries;
      case Traffic.Linear(Weight percentage, Duration interval) -> linear(percentage, interval);
      case Traffic.Preset(String name) ->
          throw new IllegalStateException("a preset never stands for a preset: " + name);
    };
  }

  private static List<Entry> linear(Weight percentage, Duration interval) {
    List<Entry> entries = new ArrayList<>();
    for (int sum = percentage.hundredths();
        sum < Weight.ALL.hundredths();
        sum += percentage.hundredths()) {
      entries.add(new Entry.SetWeight(new Weight(sum)));
      entries.add(new Entry.TimedPause(interval));
    }
    entries.add(PROMOTE);
    return entries;
  }

  private static Result withEntries(Strategy strategy, List<Entry> entries) {
    Weight last = null;
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index) instanceof Entry.SetWeight(Weight weight)) {
        if (last != null && weight.compareTo(last) <= 0) {
          return new Result.Refused(
              "canary.steps[" + index + "].setWeight",
              "found "
                  + weight
                  + " after "
                  + last
                  + "; each weight must be greater than the one before");
        }
        last = weight;
      }
    }
    List<Entry> whole = new ArrayList<>(entries);
    if (last == null || !last.isAll()) {
      whole.add(PROMOTE);
    }
    Duration bake = strategy.bakeTime();
    if (bake == null) {
      bake = strategy.alarms().isEmpty() ? Duration.ZERO : DEFAULT_BAKE;
    }
    Duration deadline = strategy.progressDeadline();
    return new Result.Normalised(
        new Plan(
            whole,
            strategy.alarms(),
            strategy.alarmPolicy(),
            bake,
            deadline == null ? DEFAULT_PROGRESS_DEADLINE : deadline,
            strategy.onDeadline()));
  }
}
