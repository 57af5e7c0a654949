package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** What CloudWatch refuses of metric alarms, metric data and queries. */
class MetricRefusalTest {
  private static final String ONE = "1 validation error detected: Value ";
  private static final String DATUM = "MetricData.member.1.";

  private final TestAws aws = new TestAws();
  private final TestAlarms alarms = new TestAlarms(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void anAlarmWithoutSenseIsRefused() {
    alarmRefused("Invalid arn syntax: notify-me", r -> r.alarmActions("notify-me"));
    alarmRefused("Invalid arn syntax: arn:aws:sns", r -> r.okActions("arn:aws:sns"));
    alarmRefused(
        "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <="
            + " 86400).",
        r -> r.evaluationPeriods(1441));
    alarmRefused(
        "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be"
            + " <= 604800).",
        r -> r.period(3600).evaluationPeriods(169));
    alarms.alarm("week", r -> r.period(3600).evaluationPeriods(168));
    for (String statistic : List.of("p101", "p", "99", "pp9", "Sum", "tm90")) {
      alarmRefused(
          "The value " + statistic + " for parameter ExtendedStatistic is not supported.",
          r -> r.statistic((String) null).extendedStatistic(statistic));
    }
    alarms.alarm("percentile", r -> r.statistic((String) null).extendedStatistic("p99.9"));
    alarmRefused(
        "Threshold is required for alarms based on static thresholds.", r -> r.threshold(null));
    alarmRefused("Namespace is required if MetricName is specified.", r -> r.namespace(null));
    alarmRefused(
        ONE
            + "':x' at 'namespace' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: [^:].*",
        r -> r.namespace(":x"));
    String longText = "x".repeat(1025);
    alarmRefused(
        ONE
            + "'"
            + longText
            + "' at 'alarmDescription' failed to satisfy constraint: Member must"
            + " have length less than or equal to 1024",
        r -> r.alarmDescription(longText));
    alarmRefusedWith("'Apples' at 'unit' failed to satisfy constraint", r -> r.unit("Apples"));
    alarmRefusedWith(
        "at 'evaluateLowSampleCountPercentile' failed",
        r -> r.evaluateLowSampleCountPercentile("perhaps"));
  }

  @Test
  void dimensionsAreChecked() {
    alarmRefusedWith(
        "at 'dimensions' failed to satisfy constraint: Member must have length less than or equal"
            + " to 30",
        r -> r.dimensions(IntStream.range(0, 31).mapToObj(i -> dimension("d" + i, "v")).toList()));
    alarmRefused(
        "The name a of Dimensions.member.2.Name is given twice.",
        r -> r.dimensions(dimension("a", "1"), dimension("a", "2")));
    alarmRefused(
        "The value  for parameter Dimensions.member.1.Value is invalid.",
        r -> r.dimensions(dimension("a", "")));
    alarmRefused(
        "The value :a for parameter Dimensions.member.1.Name is invalid.",
        r -> r.dimensions(dimension(":a", "1")));
    dataRefused(
        "InvalidParameterValue",
        "The value   for parameter " + DATUM + "Dimensions.member.1.Value is invalid.",
        d -> d.value(1.0).dimensions(dimension("a", " ")));
    alarms.alarm("fine", r -> r.dimensions(dimension("a b", "1:2")));
  }

  @Test
  void anAlarmOnMathNamesItsMetricsOnlyThere() {
    mathRefused(
        "Period, Statistic must not be specified together with Metrics.",
        r -> r.period(60).statistic("Sum").metrics(TestAlarms.stat("a", "Errors")));
    mathRefused(
        "The value A for parameter Metrics.member.1.Id is not matching the expected pattern"
            + " ^[a-z][a-zA-Z0-9_]*$.",
        r -> r.metrics(TestAlarms.stat("A", "Errors")));
    mathRefused(
        "An alarm can look at most at 10 metrics, but these are 11",
        r ->
            r.metrics(
                IntStream.range(0, 11).mapToObj(i -> TestAlarms.stat("m" + i, "Errors")).toList()));
  }

  @Test
  void dataThatIsNoneIsRefusedAndNothingOfTheRequestIsKept() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e109}) {
      dataRefused(
          "InvalidParameterValue",
          "The value " + value + " for parameter " + DATUM + "Value is invalid.",
          d -> d.value(value));
    }
    dataRefused(
        "InvalidParameterCombination",
        "The parameters "
            + DATUM
            + "Value and "
            + DATUM
            + "Values are mutually exclusive and you have specified both.",
        d -> d.value(1.0).values(1.0));
    dataRefused(
        "InvalidParameterValue",
        "The parameter " + DATUM + "Timestamp must specify a time within the past two weeks.",
        d -> d.value(1.0).timestamp(TestAws.START.minus(Duration.ofDays(14)).minusSeconds(1)));
    dataRefused(
        "InvalidParameterValue",
        "The parameter "
            + DATUM
            + "Timestamp must specify a time no more than two hours in the future.",
        d -> d.value(1.0).timestamp(TestAws.START.plusSeconds(7201)));
    dataRefused(
        "InvalidParameterValue",
        "The parameter " + DATUM + "StorageResolution must be 1 or 60.",
        d -> d.value(1.0).storageResolution(30));
    dataRefused(
        "InvalidParameterValue",
        "The collection " + DATUM + "Values must not have a size greater than 150.",
        d -> d.values(Collections.nCopies(151, 1.0)));
    dataRefused(
        "MissingParameter",
        "The parameter " + DATUM + "MetricName is required.",
        d -> d.metricName(null).value(1.0));
    assertThat(
            TestCloudWatch.query(
                aws,
                "Action=PutMetricData&Namespace=App&MetricData.member.1.MetricName=m"
                    + "&MetricData.member.1.Value=1&MetricData.member.1.Unit=Apples"))
        .contains("<Code>InvalidParameterValue</Code>", DATUM + "Unit must be a value in the set");
    MetricDatum good = MetricDatum.builder().metricName("m").value(1.0).build();
    refused(
        400,
        "InvalidParameterValue",
        "The collection MetricData must not have a size greater than 1000.",
        () ->
            aws.cloudWatch.putMetricData(
                r -> r.namespace("App").metricData(Collections.nCopies(1001, good))));
    assertThat(aws.cloudWatch.listMetrics().metrics()).isEmpty();
    aws.cloudWatch.putMetricData(
        r -> r.namespace("App").metricData(Collections.nCopies(1000, good)));
    assertThat(aws.cloudWatch.listMetrics().metrics()).hasSize(1);
  }

  @Test
  void aQueryHasAnIdThatMathCanNameAndAPeriodThatThereIs() {
    queriesRefused(
        "The value 5xx for parameter MetricDataQueries.member.1.Id is not matching the expected"
            + " pattern ^[a-z][a-zA-Z0-9_]*$.\n"
            + "The value x-y for parameter MetricDataQueries.member.2.Id is not matching the"
            + " expected pattern ^[a-z][a-zA-Z0-9_]*$.",
        TestAlarms.stat("5xx", "Errors"),
        TestAlarms.stat("x-y", "Errors"));
    for (int period : new int[] {0, -60, 7, 90}) {
      queriesRefused(
          "The parameter MetricDataQueries.member.1.MetricStat.Period must be 1, 5, 10, 20, 30 or a"
              + " multiple of 60.",
          MetricDataQuery.builder()
              .id("a")
              .metricStat(
                  s -> s.period(period).stat("Sum").metric(m -> m.namespace("n").metricName("m")))
              .build());
    }
  }

  private void queriesRefused(String message, MetricDataQuery... queries) {
    Instant end = TestAws.START;
    refused(
        400,
        "ValidationError",
        message,
        () ->
            aws.cloudWatch.getMetricData(
                r -> r.startTime(end.minusSeconds(60)).endTime(end).metricDataQueries(queries)));
  }

  private void dataRefused(String code, String message, Consumer<MetricDatum.Builder> settings) {
    MetricDatum.Builder datum = MetricDatum.builder().metricName("m");
    settings.accept(datum);
    MetricDatum good = MetricDatum.builder().metricName("good").value(1.0).build();
    refused(
        400,
        code,
        message,
        () ->
            aws.cloudWatch.putMetricData(r -> r.namespace("App").metricData(datum.build(), good)));
  }

  private void alarmRefused(String message, Consumer<PutMetricAlarmRequest.Builder> settings) {
    refused(400, "ValidationError", message, () -> alarms.alarm("bad", settings));
  }

  private void alarmRefusedWith(String part, Consumer<PutMetricAlarmRequest.Builder> settings) {
    assertThatThrownBy(() -> alarms.alarm("bad", settings)).hasMessageContaining(part);
  }

  private void mathRefused(String message, Consumer<PutMetricAlarmRequest.Builder> settings) {
    refused(
        400,
        "ValidationError",
        message,
        () ->
            aws.cloudWatch.putMetricAlarm(
                r -> {
                  r.alarmName("bad")
                      .evaluationPeriods(1)
                      .threshold(1.0)
                      .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD);
                  settings.accept(r);
                }));
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
