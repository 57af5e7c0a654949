package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PutMetricAlarm refuses beyond the constraints of the service model. */
final class MetricAlarmChecks {
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  private static final int WEEK = 604_800;

  /** CloudWatch's quota of metrics in the math of one alarm. */
  private static final int MOST_METRICS = 10;

  private static final List<String> OF_ONE_METRIC =
      List.of("Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic");

  private MetricAlarmChecks() {}

  /** Evaluates the queries once without data, which finds every mistake in them. */
  static void requireEvaluable(List<Input> queries) {
    new MetricMath(queries, query -> List.of(new MetricQueries.Point(0, null, 0)), 0, 60, 1)
        .points(MetricMath.returned(queries));
  }

  static void requireSense(Input input, boolean math) {
    int periods = orOne(input.integer("EvaluationPeriods"));
    if (math) {
      requireSenseOfMath(input, periods);
    } else {
      requireSenseOfOneMetric(input, periods);
    }
    if (!input.has("Threshold")) {
      throw AwsError.validation("Threshold is required for alarms based on static thresholds.");
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

  private static void requireSenseOfOneMetric(Input input, int periods) {
    Integer period = input.integer("Period");
    if (!input.has("Namespace")) {
      throw AwsError.validation("Namespace is required if MetricName is specified.");
    }
    if (period == null) {
      throw AwsError.validation("Period must not be null");
    }
    if (!isAlarmPeriod(period)) {
      throw AwsError.validation(
          "Invalid parameter value for period: must be 10, 20, 30 or a multiple of 60, but is "
              + period);
    }
    if (input.has("Statistic") == input.has("ExtendedStatistic")) {
      throw AwsError.validation("Exactly one of Statistic or ExtendedStatistic must be specified.");
    }
    String extended = input.text("ExtendedStatistic");
    if (extended != null && (!extended.startsWith("p") || !Datapoints.knows(extended))) {
      throw AwsError.validation(
          "The value " + extended + " for parameter ExtendedStatistic is not supported.");
    }
    refuse(MetricWords.wrongDimensions("", input.objects("Dimensions")));
    requireLength(period, periods);
  }

  private static void requireSenseOfMath(Input input, int periods) {
    List<String> superfluous = OF_ONE_METRIC.stream().filter(input::has).toList();
    if (!superfluous.isEmpty()) {
      throw AwsError.validation(
          String.join(", ", superfluous) + " must not be specified together with Metrics.");
    }
    List<Input> queries = input.objects("Metrics");
    refuse(MetricWords.wrongQueries("Metrics", queries));
    List<Input> metrics = queries.stream().filter(query -> query.has("MetricStat")).toList();
    if (metrics.size() > MOST_METRICS) {
      throw AwsError.validation(
          "An alarm can look at most at "
              + MOST_METRICS
              + " metrics, but these are "
              + metrics.size());
    }
    for (Input query : metrics) {
      int period = query.requiredObject("MetricStat").requiredInteger("Period");
      if (!isAlarmPeriod(period)) {
        throw AwsError.validation(
            "Invalid parameter value for period: must be 10, 20, 30 or a multiple of 60, but is "
                + period);
      }
      requireLength(period, periods);
    }
  }

  /** "An alarm's total current evaluation period can be no longer than seven days" (API). */
  private static void requireLength(int period, int periods) {
    long seconds = (long) period * periods;
    if (seconds > DAY && period < HOUR) {
      throw AwsError.validation(
          "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be"
              + " <= 86400).");
    }
    if (seconds > WEEK) {
      throw AwsError.validation(
          "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must"
              + " be <= 604800).");
    }
  }

  private static boolean isAlarmPeriod(int seconds) {
    return seconds == 10 || seconds == 20 || seconds == 30 || seconds % 60 == 0;
  }

  private static void refuse(List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw AwsError.validation(String.join("\n", wrong));
    }
  }

  private static int orOne(@Nullable Integer value) {
    return value == null ? 1 : value;
  }
}
