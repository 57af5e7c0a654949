package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import java.util.List;
import java.util.function.Function;

/** Queries that refer to each other. Only MetricStat queries so far: expressions are refused. */
final class MetricMath {

  private MetricMath() {}

  /** The points of the one query that returns data. */
  static List<MetricQueries.Point> returned(
      List<Input> queries, Function<Input, List<MetricQueries.Point>> metricStat) {
    for (Input query : queries) {
      if (!query.has("ReturnData") || query.flag("ReturnData")) {
        requireMetricStat(query);
        return metricStat.apply(query);
      }
    }
    throw AwsError.validation("Exactly one element of the metrics list should return data.");
  }

  static void requireMetricStat(Input query) {
    if (query.has("Expression")) {
      throw AwsError.validation(
          "aws-simulator does not evaluate metric math yet: " + query.text("Expression"));
    }
  }
}
