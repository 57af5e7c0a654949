package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads series of points: of one metric, or of what an alarm looks at. */
final class MetricQueries {
  private final MetricStore metrics;

  MetricQueries(MetricStore metrics) {
    this.metrics = metrics;
  }

  /**
   * The value of one period.
   *
   * @param start its first second since the epoch
   * @param value null when there was no data
   */
  record Point(long start, @Nullable Double value, double samples) {}

  /** What an alarm looks at, period by period. */
  List<Point> points(Alarm alarm, long from, int period, int count) {
    Input settings = alarm.settings();
    List<Input> queries = settings.objects("Metrics");
    if (queries.isEmpty()) {
      return points(
          alarm.location(),
          MetricKey.read(settings),
          settings.text("Statistic", settings.text("ExtendedStatistic", "Average")),
          from,
          period,
          count);
    }
    return math(alarm.location(), queries, from, period, count)
        .points(MetricMath.returned(queries));
  }

  /** Queries that may refer to each other, over the same periods. */
  MetricMath math(Location location, List<Input> queries, long from, int period, int count) {
    return new MetricMath(
        queries, query -> points(location, query, from, period, count), from, period, count);
  }

  private List<Point> points(Location location, Input query, long from, int period, int count) {
    Input stat = query.object("MetricStat");
    Input metric = stat == null ? null : stat.object("Metric");
    if (stat == null || metric == null) {
      throw AwsError.validation(
          "MetricStat with a Metric is required in query " + query.text("Id"));
    }
    return points(location, MetricKey.read(metric), stat.required("Stat"), from, period, count);
  }

  private List<Point> points(
      Location location, MetricKey key, String statistic, long from, int period, int count) {
    if (!Datapoints.knows(statistic)) {
      throw new AwsError(
              "InvalidParameterValueException",
              400,
              "The value " + statistic + " for parameter Stat is not supported.")
          .queryCode("InvalidParameterValue");
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = from + (long) i * period;
      Datapoints data = metrics.between(location, key, start, start + period);
      points.add(
          new Point(
              start, data.isEmpty() ? null : (Double) data.statistic(statistic), data.samples()));
    }
    return points;
  }
}
