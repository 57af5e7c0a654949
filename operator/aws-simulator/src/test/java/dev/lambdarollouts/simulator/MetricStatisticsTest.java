package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** GetMetricStatistics, in every protocol. */
class MetricStatisticsTest {
  private static final Instant END = TestAws.START.plusSeconds(600);

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  private void put(String name, double value, Instant at) {
    aws.cloudWatch.putMetricData(
        r ->
            r.namespace("app")
                .metricData(
                    MetricDatum.builder()
                        .metricName(name)
                        .value(value)
                        .unit(StandardUnit.SECONDS)
                        .timestamp(at)
                        .build()));
  }

  private void putMinutes(String name, int count) {
    IntStream.range(0, count).forEach(i -> put(name, i, TestAws.START.plusSeconds(60L * i)));
  }

  @Test
  void statisticsAreGivenPerPeriodFromTheMinuteOfTheStart() {
    putMinutes("m", 4);

    GetMetricStatisticsResponse reply =
        aws.cloudWatch.getMetricStatistics(
            r ->
                r.namespace("app")
                    .metricName("m")
                    .startTime(TestAws.START.plusSeconds(20))
                    .endTime(END)
                    .period(120)
                    .statistics(Statistic.SUM, Statistic.SAMPLE_COUNT, Statistic.MAXIMUM));

    assertThat(reply.label()).isEqualTo("m");
    assertThat(reply.datapoints())
        .extracting(Datapoint::timestamp)
        .containsExactlyInAnyOrder(TestAws.START, TestAws.START.plusSeconds(120));
    Datapoint second =
        reply.datapoints().stream()
            .filter(point -> point.timestamp().isAfter(TestAws.START))
            .findFirst()
            .orElseThrow();
    assertThat(second.sum()).isEqualTo(5);
    assertThat(second.sampleCount()).isEqualTo(2);
    assertThat(second.maximum()).isEqualTo(3);
    assertThat(second.average()).as("not asked for").isNull();
    assertThat(second.unit()).isEqualTo(StandardUnit.SECONDS);
  }

  @Test
  void percentilesComeAsAMapInEveryProtocol() {
    put("m", 7, TestAws.START);

    GetMetricStatisticsResponse cbor =
        aws.cloudWatch.getMetricStatistics(
            r ->
                r.namespace("app")
                    .metricName("m")
                    .startTime(TestAws.START)
                    .endTime(END)
                    .period(60)
                    .extendedStatistics("p99", "p50"));
    assertThat(cbor.datapoints().getFirst().extendedStatistics())
        .isEqualTo(Map.of("p99", 7.0, "p50", 7.0));

    JsonNode json =
        TestCloudWatch.json(
            aws,
            "GetMetricStatistics",
            """
            {"Namespace":"app","MetricName":"m","StartTime":1767607200,"EndTime":1767607800,
             "Period":60,"ExtendedStatistics":["p99"]}
            """);
    assertThat(json.path("Datapoints").path(0).path("ExtendedStatistics").path("p99").asDouble())
        .isEqualTo(7);
    assertThat(
            TestCloudWatch.query(
                aws,
                "Action=GetMetricStatistics&Namespace=app&MetricName=m"
                    + "&StartTime=2026-01-05T10:00:00Z&EndTime=2026-01-05T10:10:00Z&Period=60"
                    + "&ExtendedStatistics.member.1=p99"))
        .contains(
            "<ExtendedStatistics><entry><key>p99</key><value>7.0</value></entry>"
                + "</ExtendedStatistics>");
  }

  @Test
  void statisticsRefuseWhatAwsRefuses() {
    refused(
        400,
        "InvalidParameterCombination",
        "You have requested up to 2,880 datapoints, which exceeds the limit of 1,440. You may"
            + " reduce the datapoints requested by increasing Period, or decreasing the time"
            + " range.",
        () ->
            aws.cloudWatch.getMetricStatistics(
                r ->
                    r.namespace("app")
                        .metricName("m")
                        .startTime(TestAws.START.minus(Duration.ofDays(2)))
                        .endTime(TestAws.START)
                        .period(60)
                        .statistics(Statistic.SUM)));
    refused(
        400,
        "InvalidParameterCombination",
        "The parameter StartTime must be less than the parameter EndTime.",
        () ->
            aws.cloudWatch.getMetricStatistics(
                r ->
                    r.namespace("app")
                        .metricName("m")
                        .startTime(END)
                        .endTime(END)
                        .period(60)
                        .statistics(Statistic.SUM)));
    refused(
        400,
        "MissingParameter",
        "The parameter MetricName is required.",
        () -> aws.cloudWatch.getMetricStatistics(r -> r.namespace("app")));
  }

  @Test
  void aRequestThatIsNotReadableIsToldInJson() {
    assertThat(
            new String(
                TestCloudWatch.send(aws, "GetMetricStatistics", "{").body(),
                StandardCharsets.UTF_8))
        .contains("SerializationException");
  }
}
