package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.port.AlarmPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The watcher over CloudWatch's real wire protocol; polls run on threads of their own. */
class AlarmsAgainstSimulatorTest {
  private static final String ERRORS = "hello-prod-errors";
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final SimulatedAws aws = new SimulatedAws();
  private final AlarmPort alarms = aws.over.gateway.alarms(GatewayOverHttp.TARGET);
  private final AtomicInteger woken = new AtomicInteger();

  @BeforeEach
  void anAlarm() {
    put(ERRORS);
    set(ERRORS, StateValue.OK);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private void put(String name) {
    aws.cloudWatch.putMetricAlarm(
        alarm ->
            alarm
                .alarmName(name)
                .namespace("AWS/Lambda")
                .metricName("Errors")
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(0.0)
                .comparisonOperator("GreaterThanThreshold")
                .treatMissingData("ignore"));
  }

  private void set(String name, StateValue state) {
    aws.cloudWatch.setAlarmState(
        set -> set.alarmName(name).stateValue(state).stateReason("the test says so"));
  }

  private void watch(String... names) {
    alarms.watch("prod", Set.of(names), woken::incrementAndGet);
    aws.time.runDue();
  }

  private AlarmSample sample(String name) {
    return alarms.samples(List.of(name)).getFirst();
  }

  /** Timers that a poll sets while the test waits for it are run too, as real time would. */
  private void eventually(ThrowingRunnable holds) {
    await()
        .untilAsserted(
            () -> {
              aws.time.runDue();
              holds.run();
            });
  }

  private void awaitWoken(int times) {
    eventually(() -> assertThat(woken).hasValue(times));
  }

  private void awaitState(String name, State state) {
    eventually(() -> assertThat(sample(name).state()).isEqualTo(state));
  }

  private void awaitSampleAt(Instant at) {
    eventually(() -> assertThat(sample(ERRORS).sampledAt()).isEqualTo(at));
  }

  @Test
  void anAlarmIsSeenWithinOnePollIntervalAndWakes() {
    watch(ERRORS);
    awaitState(ERRORS, State.OK);
    awaitWoken(1);

    aws.time.advance(Duration.ofSeconds(2));
    set(ERRORS, StateValue.ALARM);
    aws.time.advance(Duration.ofSeconds(3));

    awaitState(ERRORS, State.ALARM);
    awaitWoken(2);
    assertThat(sample(ERRORS).transitionedAt()).isEqualTo(ManualTime.START.plusSeconds(2));
    assertThat(sample(ERRORS).sampledAt()).isEqualTo(ManualTime.START.plusSeconds(5));
    assertThat(sample(ERRORS).firedAt()).isEqualTo(ManualTime.START.plusSeconds(5));
  }

  @Test
  void aNameWithoutAnAlarmIsMissing() {
    watch(ERRORS, "nobody made this");

    awaitState("nobody made this", State.MISSING);
    awaitState(ERRORS, State.OK);
  }

  @Test
  void moreAlarmsThanACallHoldsAreAllRead() {
    Set<String> names =
        IntStream.range(0, 205)
            .mapToObj(i -> "alarm %03d".formatted(i))
            .collect(Collectors.toSet());
    names.forEach(this::put);
    watch(names.toArray(String[]::new));

    eventually(
        () ->
            assertThat(alarms.samples(names))
                .extracting(AlarmSample::state)
                .containsOnly(State.INSUFFICIENT_DATA));
    assertThat(aws.simulator.calls().count("monitoring", "DescribeAlarms")).isEqualTo(3);
  }

  @Test
  void anAlarmThatFiredBeforeAnybodyWatchedIsFoundInTheHistory() {
    aws.time.advance(Duration.ofSeconds(10));
    set(ERRORS, StateValue.ALARM);
    aws.time.advance(Duration.ofSeconds(10));
    set(ERRORS, StateValue.OK);
    aws.time.advance(Duration.ofSeconds(10));
    watch(ERRORS);
    awaitState(ERRORS, State.OK);
    assertThat(sample(ERRORS).firedByHistory()).isNull();

    alarms.lookUpHistory(ERRORS, ManualTime.START.plusSeconds(15));

    assertThat(sample(ERRORS).historyFrom()).isEqualTo(ManualTime.START.plusSeconds(15));
    assertThat(sample(ERRORS).firedByHistory()).isEqualTo(ManualTime.START.plusSeconds(20));
  }

  @Test
  void whileAwsIsOutOfReachTheSampleOnlyGrowsOld() {
    watch(ERRORS);
    awaitSampleAt(ManualTime.START);
    awaitWoken(1);
    aws.simulator.faults().down();
    for (int second = 5; second <= 60; second += 5) {
      aws.time.advance(INTERVAL);
      int polls = second / 5;
      eventually(() -> assertThat(failedPolls()).isEqualTo(polls));
    }
    assertThat(sample(ERRORS).state()).isEqualTo(State.OK);
    assertThat(sample(ERRORS).sampledAt()).isEqualTo(ManualTime.START);
    assertThat(woken).as("once more, by the second poll that failed").hasValue(2);

    aws.time.advance(Duration.ofSeconds(1));
    awaitWoken(3);
    aws.simulator.faults().up();
    aws.time.advance(Duration.ofSeconds(4));

    awaitSampleAt(ManualTime.START.plusSeconds(65));
    awaitWoken(4);
    assertThat(sample(ERRORS).watchedSince()).isEqualTo(ManualTime.START.plusSeconds(65));
  }

  private long failedPolls() {
    return aws.over.heard().stream()
        .filter(heard -> heard.equals("cloudwatch DescribeAlarms UNAVAILABLE"))
        .count();
  }

  @Test
  void theAgeOfWhatIsWatchedIsTold() {
    assertThat(aws.over.gateway.alarmPollAges()).isEmpty();
    watch(ERRORS);
    awaitState(ERRORS, State.OK);
    aws.time.set(ManualTime.START.plusSeconds(3));

    assertThat(aws.over.gateway.alarmPollAges())
        .containsExactly(new AlarmPollAge(GatewayOverHttp.TARGET, Duration.ofSeconds(3)));
  }
}
