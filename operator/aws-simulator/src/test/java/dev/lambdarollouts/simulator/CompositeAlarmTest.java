package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Composite alarms, over Smithy RPC v2 CBOR. */
class CompositeAlarmTest {
  private final TestAws aws = new TestAws();
  private final TestAlarms alarms = new TestAlarms(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aCompositeAlarmFollowsItsChildren() {
    alarms.alarm("one", request -> request.treatMissingData("ignore"));
    alarms.alarm("two", request -> request.treatMissingData("ignore"));
    alarms.composite("both", "ALARM(one) AND ALARM(\"" + alarms.describe("two").alarmArn() + "\")");
    alarms.composite("above", "NOT OK(both)");
    assertThat(alarms.state("both")).isEqualTo(StateValue.OK);

    alarms.setState("one", StateValue.ALARM);
    assertThat(alarms.state("both")).isEqualTo(StateValue.OK);
    aws.advance(Duration.ofSeconds(3));
    alarms.setState("two", StateValue.ALARM);

    assertThat(alarms.state("both")).isEqualTo(StateValue.ALARM);
    assertThat(alarms.state("above")).isEqualTo(StateValue.ALARM);
    CompositeAlarm both = alarms.compositeAlarm("both");
    assertThat(both.stateTransitionedTimestamp()).isEqualTo(TestAws.START.plusSeconds(3));
    assertThat(both.stateReason())
        .isEqualTo(
            alarms.describe("two").alarmArn()
                + " transitioned to ALARM at Monday 5 January, 2026 10:00:03 UTC");
    assertThat(both.stateReasonData())
        .contains("triggeringAlarms")
        .contains(alarms.describe("two").alarmArn());
  }

  @Test
  void aChildOfACompositeCannotBeDeletedAlone() {
    alarms.alarm("child", request -> {});
    alarms.composite("parent", "ALARM(child)");
    refused(
        400,
        "ValidationError",
        "Cannot delete child as there are composite alarm(s) depending on it. Please update"
            + " or delete the composite alarm(s) first: parent",
        () -> aws.cloudWatch.deleteAlarms(r -> r.alarmNames("child")));

    aws.cloudWatch.deleteAlarms(r -> r.alarmNames("child", "parent"));
    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }
}
