package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PutMetricData, GetMetricData, ListMetrics. */
final class MetricOperations {
  private static final int MOST_QUERIES = 500;
  private static final int MOST_METRICS_PER_PAGE = 500;
  private static final int MOST_DATAPOINTS = 100_800;
  private static final int MOST_PERIODS = 1_000_000;
  private static final int MOST_FILTERS = 10;

  /** A metric that has had no data for so long is not listed. */
  private static final Duration LISTED_FOR = Duration.ofDays(14);

  private static final int MINUTE = 60;

  private final MetricStore metrics;
  private final MetricQueries queries;

  MetricOperations(MetricStore metrics, MetricQueries queries) {
    this.metrics = metrics;
    this.queries = queries;
  }

  ObjectNode put(CallContext context, Input input) {
    MetricDataChecks.require(input, context.at());
    String namespace = input.required("Namespace");
    for (Input datum : input.objects("MetricData")) {
      MetricKey key =
          MetricKey.of(
              namespace,
              datum.required("MetricName"),
              MetricKey.dimensions(datum.objects("Dimensions")));
      Instant given = datum.instant("Timestamp");
      Integer resolution = datum.integer("StorageResolution");
      Datapoints bucket =
          metrics.bucket(
              context.location(),
              key,
              given == null ? context.at() : given,
              resolution != null && resolution == 1 ? 1 : MINUTE);
      add(datum, bucket);
      metrics.unit(context.location(), key, datum.text("Unit"));
    }
    return Json.object();
  }

  ObjectNode get(CallContext context, Input input) {
    List<Input> asked = input.objects("MetricDataQueries");
    Instant start = input.instant("StartTime");
    Instant end = input.instant("EndTime");
    Integer most = input.integer("MaxDatapoints");
    new Constraints()
        .required(start, "startTime")
        .required(end, "endTime")
        .required(asked.isEmpty() ? null : asked, "metricDataQueries")
        .size(asked, "metricDataQueries", MOST_QUERIES)
        .oneOf(input.text("ScanBy"), "scanBy", List.of("TimestampDescending", "TimestampAscending"))
        .range(most, "maxDatapoints", 1, MOST_DATAPOINTS)
        .check();
    List<String> wrong = MetricWords.wrongQueries("MetricDataQueries", asked);
    if (!wrong.isEmpty()) {
      throw AwsError.validation(String.join("\n", wrong));
    }
    if (start == null || end == null || !start.isBefore(end)) {
      throw AwsError.validation("The parameter EndTime must be greater than StartTime.");
    }
    boolean ascending = input.text("ScanBy", "TimestampDescending").equals("TimestampAscending");
    DataPage page =
        new DataPage(
            NextPage.position(input.text("NextToken")), most == null ? MOST_DATAPOINTS : most);
    Map<Integer, MetricMath> byPeriod = new HashMap<>();
    for (Input query : asked) {
      if (MetricMath.returnsData(query)) {
        int period = period(query, asked);
        MetricMath math =
            byPeriod.computeIfAbsent(period, seconds -> math(context, asked, start, end, seconds));
        page.add(query.required("Id"), label(query), math.points(query.required("Id")), ascending);
      }
    }
    return page.reply();
  }

  ObjectNode list(CallContext context, Input input) {
    String namespace = input.text("Namespace");
    String name = input.text("MetricName");
    List<Input> filters = input.objects("Dimensions");
    String active = input.text("RecentlyActive");
    new Constraints()
        .length(namespace, "namespace", 1, 255)
        .length(name, "metricName", 1, 255)
        .size(filters, "dimensions", MOST_FILTERS)
        .oneOf(active, "recentlyActive", List.of("PT3H"))
        .check();
    Instant since = context.at().minus(active == null ? LISTED_FOR : Duration.parse(active));
    List<MetricKey> found = new ArrayList<>();
    for (MetricKey key : metrics.metrics(context.location())) {
      Instant newest = metrics.newest(context.location(), key);
      if ((namespace == null || key.namespace().equals(namespace))
          && (name == null || key.name().equals(name))
          && newest != null
          && newest.isAfter(since)
          && filters.stream().allMatch(filter -> fits(key, filter))) {
        found.add(key);
      }
    }
    found.sort(
        Comparator.comparing(MetricKey::namespace)
            .thenComparing(MetricKey::name)
            .thenComparing(key -> key.dimensions().toString()));
    NextPage<MetricKey> page = NextPage.of(found, input, MOST_METRICS_PER_PAGE);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("Metrics");
    for (MetricKey key : page.items()) {
      shown
          .addObject()
          .put("Namespace", key.namespace())
          .put("MetricName", key.name())
          .set("Dimensions", key.showDimensions());
    }
    if (input.flag("IncludeLinkedAccounts")) {
      ArrayNode owners = reply.putArray("OwningAccounts");
      page.items().forEach(key -> owners.add(context.account()));
    }
    page.putToken(reply);
    return reply;
  }

  private MetricMath math(
      CallContext context, List<Input> asked, Instant start, Instant end, int period) {
    long from = start.getEpochSecond() - Math.floorMod(start.getEpochSecond(), period);
    long seconds = end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0) - from;
    long count = (seconds + period - 1) / period;
    if (count > MOST_PERIODS) {
      throw AwsError.validation(
          "aws-simulator reads at most "
              + MOST_PERIODS
              + " periods of a metric in one request, but these are "
              + count);
    }
    return queries.math(context.location(), asked, from, period, (int) count);
  }

  /** A metric's own period; for an expression its own, or that of the first metric. */
  private static int period(Input query, List<Input> asked) {
    Input stat = query.object("MetricStat");
    Integer own = stat == null ? query.integer("Period") : stat.integer("Period");
    if (own != null) {
      return Math.max(1, own);
    }
    for (Input other : asked) {
      Input metric = other.object("MetricStat");
      Integer period = metric == null ? null : metric.integer("Period");
      if (period != null) {
        return Math.max(1, period);
      }
    }
    return MINUTE;
  }

  private static String label(Input query) {
    Input stat = query.object("MetricStat");
    Input metric = stat == null ? null : stat.object("Metric");
    String usual = metric == null ? query.text("Id", "") : metric.text("MetricName", "");
    return query.text("Label", usual);
  }

  private static void add(Input datum, Datapoints bucket) {
    Input statistics = datum.object("StatisticValues");
    List<Double> values = datum.numbers("Values");
    Double value = datum.number("Value");
    if (statistics != null) {
      bucket.addStatistics(
          number(statistics, "SampleCount"),
          number(statistics, "Sum"),
          number(statistics, "Minimum"),
          number(statistics, "Maximum"));
    } else if (!values.isEmpty()) {
      List<Double> counts = datum.numbers("Counts");
      for (int i = 0; i < values.size(); i++) {
        bucket.add(values.get(i), counts.isEmpty() ? 1 : counts.get(i));
      }
    } else if (value != null) {
      bucket.add(value, 1);
    }
  }

  private static double number(Input statistics, String member) {
    Double number = statistics.number(member);
    return number == null ? 0 : number;
  }

  private static boolean fits(MetricKey key, Input filter) {
    Map<String, String> dimensions = key.dimensions();
    String value = filter.text("Value");
    String own = dimensions.get(filter.required("Name"));
    return own != null && (value == null || own.equals(value));
  }
}
