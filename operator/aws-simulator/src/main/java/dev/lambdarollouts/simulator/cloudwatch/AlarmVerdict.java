package dev.lambdarollouts.simulator.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * How CloudWatch judges datapoints: M out of N, over a range of a few more periods than N, with the
 * four treatments of missing data (CloudWatch User Guide, "Configuring how CloudWatch alarms treat
 * missing data"). Real points go before filled ones; missing points are filled in as few times as
 * possible.
 *
 * @param value null: the alarm keeps its state
 * @param evaluated indexes, into the range, of the real points that were looked at, newest first
 * @param filled how many missing points were treated as breaching or not
 */
record AlarmVerdict(AlarmState.@Nullable Value value, List<Integer> evaluated, int filled) {

  /**
   * @param range the values of the periods of the evaluation range, oldest first; null is missing
   * @param periods N
   * @param toAlarm M
   * @param treatment {@code missing}, {@code ignore}, {@code breaching} or {@code notBreaching}
   */
  static AlarmVerdict of(
      List<@Nullable Double> range,
      int periods,
      int toAlarm,
      String treatment,
      DoublePredicate breaching) {
    List<Integer> real = new ArrayList<>();
    for (int i = range.size() - 1; i >= 0 && real.size() < periods; i--) {
      if (range.get(i) != null) {
        real.add(i);
      }
    }
    int bad = 0;
    for (int index : real) {
      Double value = range.get(index);
      if (value != null && breaching.test(value)) {
        bad++;
      }
    }
    int missing = periods - real.size();
    if (missing == 0 || bad >= toAlarm) {
      return new AlarmVerdict(alarmIf(bad >= toAlarm), real, 0);
    }
    return switch (treatment) {
      case "breaching" -> new AlarmVerdict(alarmIf(bad + missing >= toAlarm), real, missing);
      case "notBreaching" -> new AlarmVerdict(AlarmState.Value.OK, real, missing);
      case "ignore" -> new AlarmVerdict(onlyIfAnyIsGood(real, bad), real, 0);
      default -> new AlarmVerdict(ofMissing(range.size(), real, bad, toAlarm), real, 0);
    };
  }

  private static AlarmState.@Nullable Value ofMissing(
      int rangeSize, List<Integer> real, int bad, int toAlarm) {
    if (real.isEmpty()) {
      return AlarmState.Value.INSUFFICIENT_DATA;
    }
    if (bad == real.size()) {
      // Only breaching points: ALARM as soon as the oldest of them is as old as M, else too early.
      int age = rangeSize - real.getLast();
      return age >= toAlarm ? AlarmState.Value.ALARM : null;
    }
    return AlarmState.Value.OK;
  }

  private static AlarmState.@Nullable Value onlyIfAnyIsGood(List<Integer> real, int bad) {
    return bad < real.size() ? AlarmState.Value.OK : null;
  }

  private static AlarmState.Value alarmIf(boolean breaching) {
    return breaching ? AlarmState.Value.ALARM : AlarmState.Value.OK;
  }
}
