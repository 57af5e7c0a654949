package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Reserved and provisioned concurrency at work on runs. */
class ConcurrencyTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void aVersion() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aLoadThatNeedsMoreThanIsReservedIsThrottled() {
    answerTaking(Duration.ofMillis(500));
    reserve(2);

    // Ten a second of half a second each need five.
    Traffic.Load load = aws.simulator.traffic().start("hello", 10);
    aws.advance(Duration.ofMillis(9950));
    load.stop();

    assertThat(load.succeeded()).isEqualTo(40);
    assertThat(load.refused()).isEqualTo(60);
  }

  @Test
  void aCallerThatWaitsHoldsItsPlaceAndAnotherIsTurnedAway() throws Exception {
    reserve(1);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    aws.simulator
        .lambda()
        .answers()
        .answer(
            "hello",
            run -> {
              running.countDown();
              await(go);
              return Answer.success();
            });
    Thread first = Thread.ofVirtual().start(() -> aws.lambda.invoke(r -> r.functionName("hello")));
    running.await();

    refused(
        429,
        "TooManyRequestsException",
        "Rate Exceeded.",
        () -> aws.lambda.invoke(r -> r.functionName("hello")));
    go.countDown();
    first.join();
    assertThat(aws.lambda.invoke(r -> r.functionName("hello")).functionError()).isNull();
  }

  @Test
  void aThrottleSaysWhose() {
    reserve(0);
    assertThatExceptionOfType(TooManyRequestsException.class)
        .isThrownBy(() -> aws.lambda.invoke(r -> r.functionName("hello")))
        .satisfies(
            refusal ->
                assertThat(refusal.reasonAsString())
                    .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
  }

  @Test
  void whenAllThatIsReservedIsProvisionedOnlyThatVersionRuns() {
    aws.simulator
        .lambda()
        .answers()
        .answer(
            "hello",
            run ->
                Answer.success(
                    "\"" + run.environment().get("AWS_LAMBDA_INITIALIZATION_TYPE") + "\""));
    assertThat(invoke("hello:1")).isEqualTo("\"on-demand\"");
    provision(2);
    reserve(2);

    assertThat(invoke("hello:1")).isEqualTo("\"provisioned-concurrency\"");
    refused(429, "TooManyRequestsException", "Rate Exceeded.", () -> invoke("hello"));
  }

  @Test
  void runsAboveWhatIsProvisionedSpillOverAndAreCounted() {
    answerTaking(Duration.ofMillis(500));
    provision(2);

    aws.simulator.traffic().start("hello:1", 10);
    aws.advance(Duration.ofMillis(9950));
    aws.simulator.traffic().stopAll();
    aws.advance(Duration.ofMinutes(2));

    assertThat(sum("ProvisionedConcurrencyInvocations")).isEqualTo(40);
    assertThat(sum("ProvisionedConcurrencySpilloverInvocations")).isEqualTo(60);
    assertThat(sum("Invocations")).isEqualTo(100);
  }

  @Test
  void anEventIsTakenWhateverIsReservedAndWaitsForItsTurn() {
    aws.simulator.lambda().answers().answer("hello", Answer.success());
    reserve(0);
    assertThat(event()).isEqualTo(202);
    aws.advance(Duration.ofHours(1));
    assertThat(runs()).isZero();

    answerTaking(Duration.ofSeconds(2));
    reserve(1);
    event();
    event();
    aws.advance(Duration.ZERO);
    assertThat(runs()).isEqualTo(1);
    aws.advance(Duration.ofSeconds(3));
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void aFailingEventIsTriedAsOftenAsItsConfigurationSays() {
    aws.simulator.lambda().answers().answer("hello", Answer.error("app.Broken", "no"));
    aws.lambda.putFunctionEventInvokeConfig(r -> r.functionName("hello").maximumRetryAttempts(1));
    event();
    aws.advance(Duration.ofHours(1));
    assertThat(runs()).isEqualTo(2);

    aws.lambda.putFunctionEventInvokeConfig(
        r -> r.functionName("hello").maximumEventAgeInSeconds(60));
    event();
    aws.advance(Duration.ofHours(1));
    assertThat(runs()).isEqualTo(4);
  }

  @Test
  void theAccountsSettingsTellWhatIsLeftAndHowMuchCodeThereIs() {
    var before = aws.lambda.getAccountSettings(r -> {});
    reserve(300);
    aws.lambda.publishVersion(r -> r.functionName("hello"));
    aws.release("hello", "code 2");
    var after = aws.lambda.getAccountSettings(r -> {});

    assertThat(after.accountLimit().unreservedConcurrentExecutions()).isEqualTo(700);
    assertThat(after.accountUsage().functionCount()).isEqualTo(1);
    // A version is counted beside $LATEST; publishing nothing new adds nothing.
    assertThat(after.accountUsage().totalCodeSize())
        .isEqualTo(before.accountUsage().totalCodeSize() / 2 * 3);
  }

  private void answerTaking(Duration duration) {
    aws.simulator.lambda().answers().answer("hello", Answer.success().taking(duration));
  }

  private void reserve(int executions) {
    aws.lambda.putFunctionConcurrency(
        r -> r.functionName("hello").reservedConcurrentExecutions(executions));
  }

  private void provision(int executions) {
    aws.lambda.putProvisionedConcurrencyConfig(
        r -> r.functionName("hello").qualifier("1").provisionedConcurrentExecutions(executions));
    aws.advance(Duration.ofMinutes(2));
  }

  private String invoke(String function) {
    return aws.lambda.invoke(r -> r.functionName(function)).payload().asUtf8String();
  }

  private int event() {
    return aws.lambda
        .invoke(r -> r.functionName("hello").invocationType(InvocationType.EVENT))
        .statusCode();
  }

  private long runs() {
    return aws.simulator
        .trafficShare("hello", TestAws.START, aws.time.instant().plusSeconds(1))
        .getOrDefault("$LATEST", 0L);
  }

  private double sum(String metric) {
    Metric ofFunction =
        Metric.builder()
            .namespace("AWS/Lambda")
            .metricName(metric)
            .dimensions(Dimension.builder().name("FunctionName").value("hello").build())
            .build();
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("m")
            .metricStat(stat -> stat.period(60).stat("Sum").metric(ofFunction))
            .build();
    return aws
        .cloudWatch
        .getMetricData(
            r -> r.startTime(TestAws.START).endTime(aws.time.instant()).metricDataQueries(query))
        .metricDataResults()
        .getFirst()
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
