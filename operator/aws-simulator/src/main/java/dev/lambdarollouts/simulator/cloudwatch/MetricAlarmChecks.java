package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PutMetricAlarm refuses beyond the constraints of the service model. */
final class MetricAlarmChecks {
  private static final int DAY = 86_400;

  private MetricAlarmChecks() {}

  /** Evaluates the queries once without data, which finds every mistake in them. */
  static void requireEvaluable(List<Input> queries) {
    new MetricMath(queries, query -> List.of(new MetricQueries.Point(0, null, 0)), 0, 60, 1)
        .points(MetricMath.returned(queries));
  }

  static void requireSense(Input input, boolean math) {
    Integer period = input.integer("Period");
    int periods = orOne(input.integer("EvaluationPeriods"));
    if (!math) {
      if (period == null) {
        throw AwsError.validation("Period must not be null");
      }
      if (period != 10 && period != 20 && period != 30 && period % 60 != 0) {
        throw AwsError.validation(
            "Invalid parameter value for period: must be 10, 20, 30 or a multiple of 60, but is "
                + period);
      }
      if (input.has("Statistic") == input.has("ExtendedStatistic")) {
        throw AwsError.validation(
            "Exactly one of Statistic or ExtendedStatistic must be specified.");
      }
      if ((long) period * periods > DAY && period < 3600) {
        throw AwsError.validation(
            "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be"
                + " <= 86400).");
      }
    }
    Integer toAlarm = input.integer("DatapointsToAlarm");
    if (toAlarm != null && toAlarm > periods) {
      throw AwsError.validation(
          "DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
    }
    String treatment = input.text("TreatMissingData", "missing");
    if (!List.of("missing", "ignore", "breaching", "notBreaching").contains(treatment)) {
      throw AwsError.validation(
          "The parameter TreatMissingData has an unknown value: " + treatment);
    }
  }

  private static int orOne(@Nullable Integer value) {
    return value == null ? 1 : value;
  }
}
