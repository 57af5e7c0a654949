package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.cloudwatch.math.MathExpression;
import dev.lambdarollouts.simulator.cloudwatch.math.MathValue;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list of metric queries that may refer to each other, over the same periods. */
final class MetricMath {
  private static final int DEEPEST = 50;

  private final Map<String, Input> byId = new LinkedHashMap<>();
  private final Function<Input, List<MetricQueries.Point>> metricStat;
  private final long from;
  private final int period;
  private final int count;
  private final Map<String, List<MetricQueries.Point>> known = new HashMap<>();

  /**
   * Prepares the queries.
   *
   * @param metricStat reads the points of a MetricStat query
   * @param from first second of the first period
   */
  MetricMath(
      List<Input> queries,
      Function<Input, List<MetricQueries.Point>> metricStat,
      long from,
      int period,
      int count) {
    for (Input query : queries) {
      String id = query.required("Id");
      if (byId.put(id, query) != null) {
        throw AwsError.validation("The values for parameter id in MetricDataQuery are not unique.");
      }
      if (query.has("Expression") == query.has("MetricStat")) {
        throw AwsError.validation(
            "Exactly one of MetricStat or Expression must be specified in query " + id);
      }
    }
    this.metricStat = metricStat;
    this.from = from;
    this.period = period;
    this.count = count;
  }

  static boolean returnsData(Input query) {
    return !query.has("ReturnData") || query.flag("ReturnData");
  }

  /** The id of the one query that an alarm looks at. */
  static String returned(List<Input> queries) {
    List<String> ids = new ArrayList<>();
    for (Input query : queries) {
      if (returnsData(query)) {
        ids.add(query.required("Id"));
      }
    }
    if (ids.size() != 1) {
      throw AwsError.validation("Exactly one element of the metrics list should return data.");
    }
    return ids.getFirst();
  }

  /** The points of one query. */
  List<MetricQueries.Point> points(String id) {
    return points(id, 0);
  }

  private List<MetricQueries.Point> points(String id, int depth) {
    List<MetricQueries.Point> points = known.get(id);
    if (points == null) {
      points = evaluate(id, depth);
      known.put(id, points);
    }
    return points;
  }

  private List<MetricQueries.Point> evaluate(String id, int depth) {
    Input query = byId.get(id);
    if (query == null || depth > DEEPEST) {
      throw AwsError.validation("Query " + id + " does not exist or refers to itself.");
    }
    String expression = query.text("Expression");
    if (expression == null) {
      return metricStat.apply(query);
    }
    MathValue.Series series =
        MathExpression.evaluate(
            expression, count, period, other -> value(other, depth + 1), metrics(depth + 1));
    List<MetricQueries.Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Double value = series.points().get(i);
      points.add(new MetricQueries.Point(from + (long) i * period, value, value == null ? 0 : 1));
    }
    return points;
  }

  private @Nullable MathValue value(String id, int depth) {
    return byId.containsKey(id) ? series(points(id, depth)) : null;
  }

  private Map<String, MathValue.Series> metrics(int depth) {
    Map<String, MathValue.Series> metrics = new LinkedHashMap<>();
    byId.forEach(
        (id, query) -> {
          if (query.has("MetricStat")) {
            metrics.put(id, series(points(id, depth)));
          }
        });
    return metrics;
  }

  private static MathValue.Series series(List<MetricQueries.Point> points) {
    List<@Nullable Double> values = new ArrayList<>();
    points.forEach(point -> values.add(point.value()));
    return new MathValue.Series(values);
  }
}
