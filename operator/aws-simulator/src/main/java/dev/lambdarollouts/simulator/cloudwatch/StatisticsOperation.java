package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** GetMetricStatistics. */
final class StatisticsOperation {
  private static final long MOST_DATAPOINTS = 1440;
  private static final Set<Integer> SHORT_PERIODS = Set.of(1, 5, 10, 20, 30);
  private static final int MINUTE = 60;

  /** From these ages on data is kept in periods of five minutes and of an hour only. */
  private static final Duration FIVE_MINUTES_FROM = Duration.ofDays(15);

  private static final Duration HOURS_FROM = Duration.ofDays(63);

  private final MetricStore metrics;

  StatisticsOperation(MetricStore metrics) {
    this.metrics = metrics;
  }

  ObjectNode get(CallContext context, Input input) {
    MetricKey key =
        MetricKey.of(
            required(input, "Namespace"),
            required(input, "MetricName"),
            MetricKey.dimensions(input.objects("Dimensions")));
    required(input, "StartTime");
    required(input, "EndTime");
    required(input, "Period");
    List<String> statistics = input.texts("Statistics");
    List<String> extended = input.texts("ExtendedStatistics");
    check(input, statistics, extended);
    Instant start = input.instant("StartTime");
    Instant end = input.instant("EndTime");
    int period = input.requiredInteger("Period");
    if (start == null || end == null || !start.isBefore(end)) {
      throw CloudWatchErrors.invalidCombination(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
    int grain = grain(Duration.between(start, context.at()), period);
    long from = start.getEpochSecond() - Math.floorMod(start.getEpochSecond(), grain);
    long count = (end.getEpochSecond() - from + period - 1) / period;
    if (count > MOST_DATAPOINTS) {
      throw CloudWatchErrors.invalidCombination(
          String.format(
              Locale.ROOT,
              "You have requested up to %,d datapoints, which exceeds the limit of %,d. You may"
                  + " reduce the datapoints requested by increasing Period, or decreasing the time"
                  + " range.",
              count,
              MOST_DATAPOINTS));
    }
    String unit = metrics.unit(context.location(), key);
    String shownUnit = unit == null ? "None" : unit;
    ObjectNode reply = Json.object().put("Label", key.name());
    ArrayNode shown = reply.putArray("Datapoints");
    if (!input.text("Unit", shownUnit).equals(shownUnit) || period % grain != 0) {
      return reply;
    }
    for (int i = 0; i < count; i++) {
      long second = from + (long) i * period;
      long next = Math.min(second + period, end.getEpochSecond());
      Datapoints data = metrics.between(context.location(), key, second, next);
      if (!data.isEmpty()) {
        shown.add(point(data, second, statistics, extended).put("Unit", shownUnit));
      }
    }
    return reply;
  }

  private static void check(Input input, List<String> statistics, List<String> extended) {
    Constraints constraints =
        new Constraints()
            .size(input.objects("Dimensions"), "dimensions", 30)
            .size(statistics, "statistics", 5)
            .size(extended, "extendedStatistics", 10)
            .range(input.integer("Period"), "period", 1, Integer.MAX_VALUE);
    for (String statistic : statistics) {
      constraints.oneOf(
          statistic, "statistics", List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum"));
    }
    constraints.check();
    if (statistics.isEmpty() == extended.isEmpty()) {
      throw CloudWatchErrors.invalidCombination(
          statistics.isEmpty()
              ? "At least one of the parameters Statistics and ExtendedStatistics must be"
                  + " specified."
              : "The parameters Statistics and ExtendedStatistics cannot be specified together.");
    }
    for (String percentile : extended) {
      if (!percentile.startsWith("p") || !Datapoints.knows(percentile)) {
        throw CloudWatchErrors.invalidValue(
            "The value " + percentile + " for parameter ExtendedStatistics is not supported.");
      }
    }
    int period = input.requiredInteger("Period");
    if (period % MINUTE != 0 && !SHORT_PERIODS.contains(period)) {
      throw CloudWatchErrors.invalidValue(
          "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
    }
  }

  /** What the start is rounded down to, and periods must be multiples of. */
  private static int grain(Duration age, int period) {
    if (age.compareTo(HOURS_FROM) > 0) {
      return 3600;
    }
    if (age.compareTo(FIVE_MINUTES_FROM) > 0) {
      return 300;
    }
    return Math.min(period, MINUTE);
  }

  private static ObjectNode point(
      Datapoints data, long second, List<String> statistics, List<String> extended) {
    ObjectNode point = Json.object();
    point.set("Timestamp", Json.instant(Instant.ofEpochSecond(second)));
    statistics.forEach(statistic -> point.put(statistic, data.statistic(statistic)));
    if (!extended.isEmpty()) {
      ObjectNode values = point.putObject("ExtendedStatistics");
      extended.forEach(statistic -> values.put(statistic, data.statistic(statistic)));
    }
    return point;
  }

  private static String required(Input input, String member) {
    String value = input.text(member);
    if (value == null || value.isEmpty()) {
      throw CloudWatchErrors.missing("The parameter " + member + " is required.");
    }
    return value;
  }
}
