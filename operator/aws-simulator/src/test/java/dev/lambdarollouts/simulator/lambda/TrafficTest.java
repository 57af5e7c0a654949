package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Load through an alias, the metrics it makes, and the alarms that see them. */
class TrafficTest {
  private final TestAws aws = new TestAws();
  private Instant start = TestAws.START;

  @BeforeEach
  void goodAndBadVersion() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.release("hello", "code 2");
    aws.lambda.createAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .functionVersion("1")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.1))));
    aws.simulator
        .lambda()
        .answers()
        .answer(
            "hello",
            run ->
                run.version().equals("2")
                    ? Answer.error("app.Broken", "bad release").taking(Duration.ofMillis(30))
                    : Answer.success().taking(Duration.ofMillis(10)));
    start = TestAws.START.plus(Duration.ofMinutes(1));
    aws.advance(Duration.between(aws.time.instant(), start));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aSteadyLoadBecomesMetricsByFunctionAliasAndExecutedVersion() {
    Traffic.Load load = aws.simulator.traffic().start("hello:live", 10);
    aws.advance(Duration.ofMinutes(3));
    load.stop();

    Map<String, Long> share =
        aws.simulator.trafficShare("hello:live", start, start.plusSeconds(60));
    double invocations = metric("Invocations", "Sum", functionAndAlias()).getFirst();
    double onOne = metric("Invocations", "Sum", version("1")).getFirst();
    double onTwo = metric("Invocations", "Sum", version("2")).getFirst();

    assertThat(invocations).isEqualTo(600);
    assertThat(onOne).isEqualTo(share.getOrDefault("1", 0L).doubleValue());
    assertThat(onTwo).isEqualTo(share.getOrDefault("2", 0L).doubleValue()).isBetween(35.0, 85.0);
    assertThat(onOne + onTwo).isEqualTo(600);
    assertThat(metric("Errors", "Sum", version("2")).getFirst()).isEqualTo(onTwo);
    assertThat(metric("Errors", "Sum", version("1")).getFirst()).isZero();
    assertThat(metric("Errors", "Sum", functionAndAlias()).getFirst()).isEqualTo(onTwo);
    assertThat(metric("Duration", "Maximum", version("2")).getFirst()).isEqualTo(30.0);
    assertThat(metric("Duration", "p50", functionAndAlias()).getFirst()).isEqualTo(10.0);
    assertThat(metric("Invocations", "Sum", List.of(dimension("FunctionName", "hello"))))
        .startsWith(600.0, 600.0);
    assertThat(load.succeeded() + load.failed()).isBetween(1800L, 1801L);
  }

  @Test
  void anAlarmOnTheExecutedVersionFiresWithinTwoMinutesOfABadVersionsTraffic() {
    aws.cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("canary-errors")
                .namespace("AWS/Lambda")
                .metricName("Errors")
                .dimensions(version("2"))
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(0.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("notBreaching"));
    aws.simulator.traffic().start(TestAws.arn("hello:live"), 5);

    aws.advance(Duration.ofSeconds(60));
    assertThat(alarm()).isNotEqualTo(StateValue.ALARM);
    aws.advance(Duration.ofSeconds(10));
    assertThat(alarm()).isEqualTo(StateValue.ALARM);

    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of())));
    aws.advance(Duration.ofMinutes(6));
    assertThat(alarm()).isEqualTo(StateValue.OK);
  }

  @Test
  void aLongRunIsCountedInTheMinuteOfItsStartAndSeenWhenItHasEnded() {
    aws.lambda.updateFunctionConfiguration(r -> r.functionName("hello").timeout(120));
    aws.settle();
    aws.simulator
        .lambda()
        .answers()
        .answer("hello", Answer.success().taking(Duration.ofSeconds(90)));
    start = start.plus(Duration.ofMinutes(1));
    aws.advance(Duration.between(aws.time.instant(), start));
    aws.lambda.invoke(r -> r.functionName("hello"));

    aws.advance(Duration.ofSeconds(89));
    assertThat(metric("Invocations", "Sum", List.of(dimension("FunctionName", "hello")))).isEmpty();
    aws.advance(Duration.ofSeconds(1));
    assertThat(metric("Invocations", "Sum", List.of(dimension("FunctionName", "hello"))))
        .containsExactly(1.0);
  }

  @Test
  void throttledInvocationsAreCountedWithoutAVersion() {
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(0));
    Traffic.Load load = aws.simulator.traffic().start("hello:live", 1);
    aws.advance(Duration.ofMinutes(1));

    assertThat(load.refused()).isBetween(60L, 61L);
    assertThat(metric("Throttles", "Sum", functionAndAlias()).getFirst()).isEqualTo(60);
    assertThat(metric("Throttles", "Sum", version("1"))).isEmpty();
    assertThat(metric("Invocations", "Sum", functionAndAlias())).isEmpty();
  }

  @Test
  void anotherSetOfDimensionsIsAnotherMetric() {
    aws.simulator.traffic().start("hello:live", 1);
    aws.advance(Duration.ofMinutes(1));

    assertThat(
            metric(
                "Invocations",
                "Sum",
                List.of(dimension("FunctionName", "hello"), dimension("ExecutedVersion", "1"))))
        .isEmpty();
  }

  @Test
  void aStoppedLoadStops() {
    Traffic.Load load = aws.simulator.traffic().start("hello:live", 10);
    aws.advance(Duration.ofSeconds(5));
    load.stop();
    long before = load.succeeded() + load.failed();
    aws.advance(Duration.ofMinutes(5));

    assertThat(load.succeeded() + load.failed()).isEqualTo(before).isEqualTo(51);
  }

  private StateValue alarm() {
    return aws.cloudWatch
        .describeAlarms(r -> r.alarmNames("canary-errors"))
        .metricAlarms()
        .getFirst()
        .stateValue();
  }

  private List<Double> metric(String name, String statistic, List<Dimension> dimensions) {
    MetricDataResult result =
        aws.cloudWatch
            .getMetricData(
                r ->
                    r.startTime(start)
                        .endTime(aws.time.instant().plusSeconds(1))
                        .scanBy("TimestampAscending")
                        .metricDataQueries(query(name, statistic, dimensions)))
            .metricDataResults()
            .getFirst();
    return result.values();
  }

  private static MetricDataQuery query(String name, String statistic, List<Dimension> dimensions) {
    return MetricDataQuery.builder()
        .id("m")
        .metricStat(
            s ->
                s.period(60)
                    .stat(statistic)
                    .metric(m -> m.namespace("AWS/Lambda").metricName(name).dimensions(dimensions)))
        .build();
  }

  private static List<Dimension> functionAndAlias() {
    return List.of(dimension("FunctionName", "hello"), dimension("Resource", "hello:live"));
  }

  private static List<Dimension> version(String version) {
    List<Dimension> dimensions = new ArrayList<>(functionAndAlias());
    dimensions.add(dimension("ExecutedVersion", version));
    return dimensions;
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
