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

  @Test
  void anEvaluationStopsWhereCompositesDependOnEachOtherInACircle() {
    alarms.alarm("child", request -> {});
    alarms.alarm("other", request -> {});
    alarms.composite("one", "ALARM(child)");
    alarms.composite("two", "NOT ALARM(one)");
    alarms.composite("one", "ALARM(child) OR ALARM(two)");
    alarms.composite("itself", "ALARM(child)");
    alarms.composite("itself", "NOT ALARM(itself)");

    alarms.put(5);
    aws.advance(Duration.ofSeconds(65));
    assertThat(alarms.describe("child").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.state("one")).isEqualTo(StateValue.ALARM);

    alarms.put(0);
    aws.advance(Duration.ofMinutes(1));
    assertThat(alarms.describe("child").stateValue())
        .as("alarms are evaluated for good")
        .isEqualTo(StateValue.OK);
    assertThat(alarms.describe("other").stateValue()).isEqualTo(StateValue.OK);
  }

  @Test
  void aCompositeInACircleIsDeletedOnlyWhenTheCircleIsBroken() {
    alarms.alarm("child", request -> {});
    alarms.composite("one", "ALARM(child)");
    alarms.composite("two", "ALARM(one)");
    alarms.composite("one", "ALARM(two)");
    refused(
        400,
        "ValidationError",
        "Cannot delete two as there are composite alarm(s) depending on it. Please update"
            + " or delete the composite alarm(s) first: one",
        () -> aws.cloudWatch.deleteAlarms(r -> r.alarmNames("two")));
    refused(
        400,
        "ValidationError",
        "At most one composite alarm can be deleted in one request, but these are one, two",
        () -> aws.cloudWatch.deleteAlarms(r -> r.alarmNames("one", "two")));

    alarms.composite("one", "FALSE");
    aws.cloudWatch.deleteAlarms(r -> r.alarmNames("two"));
    alarms.composite("one", "ALARM(one)");
    refused(
        400,
        "ValidationError",
        "Cannot delete one as there are composite alarm(s) depending on it. Please update"
            + " or delete the composite alarm(s) first: one",
        () -> aws.cloudWatch.deleteAlarms(r -> r.alarmNames("one", "child")));
    alarms.composite("one", "FALSE");
    aws.cloudWatch.deleteAlarms(r -> r.alarmNames("one", "child", "none"));
    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }
}
