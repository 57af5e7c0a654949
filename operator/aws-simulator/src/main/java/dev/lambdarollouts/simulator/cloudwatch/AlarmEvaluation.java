package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates metric alarms, as CloudWatch does: once a minute, or every ten seconds for alarms of a
 * shorter period, on the periods that are complete by then.
 */
final class AlarmEvaluation {
  /**
   * How many periods more than N CloudWatch looks at. AWS does not publish the number; its examples
   * use a range of five for three periods.
   */
  private static final int FURTHER_PERIODS = 2;

  private static final int MINUTE = 60;
  private static final int TEN_SECONDS = 10;
  private static final DateTimeFormatter IN_REASONS =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter IN_DATA =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  private final Timeline timeline;
  private final Alarms alarms;
  private final MetricQueries queries;
  private final Duration delay;

  /**
   * @param delay how long after the end of a minute it is evaluated, below ten seconds
   */
  AlarmEvaluation(Timeline timeline, Alarms alarms, MetricQueries queries, Duration delay) {
    this.timeline = timeline;
    this.alarms = alarms;
    this.queries = queries;
    this.delay = delay;
  }

  /** Begins, for good. */
  void start() {
    scheduleAfter(timeline.now());
  }

  private void scheduleAfter(Instant instant) {
    long second = instant.minus(delay).getEpochSecond();
    Instant next =
        Instant.ofEpochSecond(second - Math.floorMod(second, TEN_SECONDS) + TEN_SECONDS)
            .plus(delay);
    timeline.schedule(
        next,
        at -> {
          scheduleAfter(at);
          timeline.exclusively(() -> evaluateAll(at));
        });
  }

  /** An alarm that cannot be evaluated keeps none of the others from it; it is told at the end. */
  private void evaluateAll(Instant at) {
    long boundary = at.minus(delay).getEpochSecond();
    IllegalStateException failed = null;
    for (Alarm alarm : alarms.all()) {
      try {
        if (alarm.type() == Alarm.Type.MetricAlarm
            && (Math.floorMod(boundary, MINUTE) == 0 || alarm.periodSeconds() < MINUTE)) {
          evaluate(alarm, boundary, at);
        }
      } catch (RuntimeException | StackOverflowError e) {
        IllegalStateException told =
            new IllegalStateException(alarm.arn() + " could not be evaluated: " + e, e);
        if (failed != null) {
          told.addSuppressed(failed);
        }
        failed = told;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void evaluate(Alarm alarm, long boundary, Instant at) {
    int period = alarm.periodSeconds();
    int periods = alarm.evaluationPeriods();
    // Periods of more than a minute are looked at every minute, ending now, not only at round
    // times.
    long from = boundary - (long) (periods + FURTHER_PERIODS) * period;
    List<MetricQueries.Point> range =
        queries.points(alarm, from, period, periods + FURTHER_PERIODS);
    List<@Nullable Double> values = new ArrayList<>();
    range.forEach(point -> values.add(point.value()));
    Comparison comparison =
        Comparison.valueOf(alarm.settings().text("ComparisonOperator", "GreaterThanThreshold"));
    Double given = alarm.settings().number("Threshold");
    double threshold = given == null ? 0 : given;
    AlarmVerdict verdict =
        AlarmVerdict.of(
            values,
            periods,
            alarm.datapointsToAlarm(),
            alarm.settings().text("TreatMissingData", "missing"),
            comparison.breaches(threshold));
    AlarmState.Value value = verdict.value();
    if (value == null || value == alarm.state().value()) {
      return;
    }
    alarms.set(
        alarm,
        value,
        reason(alarm, value, verdict, range, comparison, threshold),
        data(alarm, verdict, range, period, threshold, at),
        at);
  }

  private static String reason(
      Alarm alarm,
      AlarmState.Value value,
      AlarmVerdict verdict,
      List<MetricQueries.Point> range,
      Comparison comparison,
      double threshold) {
    int periods = alarm.evaluationPeriods();
    if (value == AlarmState.Value.INSUFFICIENT_DATA) {
      return "Insufficient Data: "
          + periods
          + (periods == 1 ? " datapoint was unknown." : " datapoints were unknown.");
    }
    String treatment = alarm.settings().text("TreatMissingData", "missing");
    String filled =
        verdict.filled() == 0
            ? ""
            : verdict.filled()
                + (verdict.filled() == 1 ? " missing datapoint was" : " missing datapoints were")
                + " treated as ["
                + (treatment.equals("breaching") ? "Breaching" : "NonBreaching")
                + "]";
    if (verdict.evaluated().isEmpty()) {
      return "Threshold Crossed: no datapoints were received for "
          + periods
          + (periods == 1 ? " period and " : " periods and ")
          + filled
          + ".";
    }
    int count = verdict.evaluated().size();
    boolean mOfN = alarm.settings().has("DatapointsToAlarm");
    StringBuilder text = new StringBuilder("Threshold Crossed: ").append(count);
    text.append(
        mOfN
            ? " out of the last " + periods + " datapoints ["
            : count == 1 ? " datapoint [" : " datapoints [");
    List<String> points = new ArrayList<>();
    for (int index : verdict.evaluated()) {
      MetricQueries.Point point = range.get(index);
      points.add(
          point.value() + " (" + IN_REASONS.format(Instant.ofEpochSecond(point.start())) + ")");
    }
    text.append(String.join(", ", points)).append(count == 1 ? "] was " : "] were ");
    text.append(value == AlarmState.Value.OK ? "not " : "")
        .append(comparison.words())
        .append(" the threshold (")
        .append(threshold)
        .append(')');
    if (!filled.isEmpty()) {
      text.append(" and ").append(filled);
    }
    if (mOfN) {
      int needed =
          value == AlarmState.Value.ALARM
              ? alarm.datapointsToAlarm()
              : periods - alarm.datapointsToAlarm() + 1;
      text.append(" (minimum ")
          .append(needed)
          .append(needed == 1 ? " datapoint for " : " datapoints for ")
          .append(alarm.state().value())
          .append(" -> ")
          .append(value)
          .append(" transition)");
    }
    return text.append('.').toString();
  }

  private static String data(
      Alarm alarm,
      AlarmVerdict verdict,
      List<MetricQueries.Point> range,
      int period,
      double threshold,
      Instant at) {
    Input settings = alarm.settings();
    ObjectNode data = Json.object().put("version", "1.0").put("queryDate", IN_DATA.format(at));
    ArrayNode recent = Json.array();
    ArrayNode evaluated = Json.array();
    for (int index : verdict.evaluated()) {
      MetricQueries.Point point = range.get(index);
      recent.insert(0, point.value());
      evaluated
          .addObject()
          .put("timestamp", IN_DATA.format(Instant.ofEpochSecond(point.start())))
          .put("sampleCount", point.samples())
          .put("value", point.value());
    }
    if (!verdict.evaluated().isEmpty()) {
      MetricQueries.Point oldest = range.get(verdict.evaluated().getLast());
      data.put("startDate", IN_DATA.format(Instant.ofEpochSecond(oldest.start())));
    }
    if (settings.has("Unit")) {
      data.put("unit", settings.text("Unit"));
    }
    if (settings.has("Statistic") || settings.has("ExtendedStatistic")) {
      data.put("statistic", settings.text("Statistic", settings.text("ExtendedStatistic", "")));
    }
    data.put("period", period);
    data.set("recentDatapoints", recent);
    data.put("threshold", threshold);
    data.set("evaluatedDatapoints", evaluated);
    return Json.text(data);
  }
}
