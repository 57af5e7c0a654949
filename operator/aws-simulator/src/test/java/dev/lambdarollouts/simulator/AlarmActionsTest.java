package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Whether alarms may act: a setting that is turned off and on by name, and nothing else. */
class AlarmActionsTest {
  private final TestAws aws = new TestAws();
  private final TestAlarms alarms = new TestAlarms(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  private boolean mayAct(String name) {
    return alarms.describe(name).actionsEnabled();
  }

  @Test
  void actionsAreTurnedOffAndOnForTheNamedAlarmsAlone() {
    alarms.alarm("errors", request -> {});
    alarms.alarm("throttles", request -> {});
    alarms.composite("both", "ALARM(errors) AND ALARM(throttles)");
    aws.advance(Duration.ofSeconds(10));
    alarms.setState("errors", StateValue.ALARM);
    Instant off = aws.time.instant();

    aws.cloudWatch.disableAlarmActions(r -> r.alarmNames("errors", "both", "missing"));

    MetricAlarm errors = alarms.describe("errors");
    assertThat(errors.actionsEnabled()).isFalse();
    assertThat(errors.alarmConfigurationUpdatedTimestamp()).isEqualTo(off);
    assertThat(errors.stateValue()).as("the state stays").isEqualTo(StateValue.ALARM);
    assertThat(alarms.compositeAlarm("both").actionsEnabled()).isFalse();
    assertThat(mayAct("throttles")).isTrue();

    aws.cloudWatch.enableAlarmActions(r -> r.alarmNames("errors"));

    assertThat(mayAct("errors")).isTrue();
    assertThat(alarms.compositeAlarm("both").actionsEnabled()).isFalse();
  }

  @Test
  void anAlarmWithoutActionsIsEvaluatedAndPuttingItAnewTurnsThemOn() {
    alarms.alarm("errors", request -> {});
    aws.cloudWatch.disableAlarmActions(r -> r.alarmNames("errors"));
    alarms.put(5);
    aws.advance(Duration.ofSeconds(65));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(mayAct("errors")).isFalse();

    alarms.alarm("errors", request -> {});

    assertThat(mayAct("errors")).as("what is left out is true").isTrue();
  }

  @Test
  void atMostAHundredAlarmsAreNamedAtOnce() {
    String[] names = IntStream.range(0, 101).mapToObj(i -> "a" + i).toArray(String[]::new);

    assertThatThrownBy(() -> aws.cloudWatch.disableAlarmActions(r -> r.alarmNames(names)))
        .hasMessageContaining("Member must have length less than or equal to 100");
    assertThatThrownBy(() -> aws.cloudWatch.enableAlarmActions(r -> r.alarmNames(names)))
        .hasMessageContaining("Member must have length less than or equal to 100");
  }

  @Test
  void theQueryProtocolHasThemToo() {
    alarms.alarm("errors", request -> {});

    assertThat(TestCloudWatch.query(aws, "Action=DisableAlarmActions&AlarmNames.member.1=errors"))
        .contains("<DisableAlarmActionsResponse");
    assertThat(mayAct("errors")).isFalse();
    assertThat(TestCloudWatch.query(aws, "Action=EnableAlarmActions&AlarmNames.member.1=errors"))
        .contains("<EnableAlarmActionsResponse");
    assertThat(mayAct("errors")).isTrue();
  }
}
