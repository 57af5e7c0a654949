package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Metric alarms over Smithy RPC v2 CBOR, which is what the AWS SDK for Java speaks with CloudWatch.
 */
class AlarmTest {
  private final TestAws aws = new TestAws();
  private final TestAlarms alarms = new TestAlarms(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aNewAlarmHasInsufficientDataAndShowsItsSettings() {
    alarms.alarm("errors", request -> request.alarmDescription("<x>").unit("Count"));

    MetricAlarm alarm = alarms.describe("errors");

    assertThat(alarm.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    assertThat(alarm.stateReason()).isEqualTo("Unchecked: Initial alarm creation");
    assertThat(alarm.alarmArn())
        .isEqualTo("arn:aws:cloudwatch:eu-west-1:" + TestAws.ACCOUNT + ":alarm:errors");
    assertThat(alarm.alarmDescription()).isEqualTo("<x>");
    assertThat(alarm.threshold()).isEqualTo(1.0);
    assertThat(alarm.actionsEnabled()).isTrue();
    assertThat(alarm.stateUpdatedTimestamp()).isEqualTo(TestAws.START);
    assertThat(alarm.stateTransitionedTimestamp()).isEqualTo(TestAws.START);
    assertThat(alarm.alarmConfigurationUpdatedTimestamp()).isEqualTo(TestAws.START);
    assertThat(alarm.datapointsToAlarm()).isNull();
  }

  @Test
  void aBreachingMinuteIsSeenWhenItHasEndedAndRecoveryWhenAGoodOneHas() {
    alarms.alarm("errors", request -> {});
    alarms.put(5);
    aws.advance(Duration.ofSeconds(59));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);

    aws.advance(Duration.ofSeconds(6));
    MetricAlarm fired = alarms.describe("errors");
    assertThat(fired.stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(fired.stateReason())
        .isEqualTo(
            "Threshold Crossed: 1 datapoint [5.0 (05/01/26 10:00:00)] was greater than the"
                + " threshold (1.0).");
    assertThat(fired.stateReasonData())
        .contains("\"recentDatapoints\":[5.0]")
        .contains("\"period\":60");
    assertThat(fired.stateTransitionedTimestamp()).isEqualTo(TestAws.START.plusSeconds(65));

    alarms.put(0);
    aws.advance(Duration.ofMinutes(1));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.OK);
    assertThat(alarms.describe("errors").stateReason())
        .isEqualTo(
            "Threshold Crossed: 1 datapoint [0.0 (05/01/26 10:01:00)] was not greater than the"
                + " threshold (1.0).");
  }

  @Test
  void aJumpOfTheClockEvaluatesEveryMinuteInBetweenAtItsTime() {
    alarms.alarm("errors", request -> {});
    alarms.put(5);
    alarms.putAt(0, TestAws.START.plusSeconds(60));
    alarms.putAt(9, TestAws.START.plusSeconds(120));
    aws.advance(Duration.ofMinutes(4));

    List<AlarmHistoryItem> changes =
        aws.cloudWatch
            .describeAlarmHistory(
                r ->
                    r.alarmName("errors")
                        .historyItemType(HistoryItemType.STATE_UPDATE)
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING))
            .alarmHistoryItems();

    assertThat(changes)
        .extracting(AlarmHistoryItem::historySummary)
        .containsExactly(
            "Alarm updated from INSUFFICIENT_DATA to ALARM",
            "Alarm updated from ALARM to OK",
            "Alarm updated from OK to ALARM");
    assertThat(changes)
        .extracting(AlarmHistoryItem::timestamp)
        .containsExactly(
            TestAws.START.plusSeconds(65),
            TestAws.START.plusSeconds(125),
            TestAws.START.plusSeconds(185));
    assertThat(changes.getFirst().historyData())
        .contains("\"newState\":{\"stateValue\":\"ALARM\"")
        .contains("\"oldState\":{\"stateValue\":\"INSUFFICIENT_DATA\"");
  }

  @Test
  void aStateThatWasSetByHandIsReplacedAtTheNextEvaluation() {
    alarms.alarm("errors", request -> {});
    alarms.put(0);
    aws.advance(Duration.ofSeconds(65));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.OK);
    Instant ok = alarms.describe("errors").stateTransitionedTimestamp();

    aws.cloudWatch.setAlarmState(
        r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("testing"));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.describe("errors").stateReason()).isEqualTo("testing");
    assertThat(alarms.describe("errors").stateTransitionedTimestamp()).isEqualTo(ok);

    aws.advance(Duration.ofMinutes(1));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.OK);
  }

  @Test
  void anAlarmThatIgnoresMissingDataKeepsAStateSetByHand() {
    alarms.alarm("errors", request -> request.treatMissingData("ignore"));
    alarms.setState("errors", StateValue.ALARM);

    aws.advance(Duration.ofMinutes(10));

    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
  }

  @Test
  void settingTheSameStateAgainIsAnUpdateButNoTransition() {
    alarms.alarm("errors", request -> request.treatMissingData("ignore"));
    alarms.setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(10));
    alarms.setState("errors", StateValue.ALARM);

    MetricAlarm alarm = alarms.describe("errors");
    assertThat(alarm.stateTransitionedTimestamp()).isEqualTo(TestAws.START);
    assertThat(alarm.stateUpdatedTimestamp()).isEqualTo(TestAws.START.plusSeconds(10));
  }

  @Test
  void noDataForLongIsInsufficientDataOrAsMissingDataIsTreated() {
    alarms.alarm("plain", request -> {});
    alarms.alarm(
        "breaching", request -> request.treatMissingData("breaching").evaluationPeriods(2));
    alarms.alarm("fine", request -> request.treatMissingData("notBreaching"));
    alarms.put(5);

    aws.advance(Duration.ofMinutes(6));

    assertThat(alarms.describe("plain").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    assertThat(alarms.describe("breaching").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.describe("fine").stateValue()).isEqualTo(StateValue.OK);
    assertThat(alarms.describe("fine").stateReason())
        .isEqualTo(
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint"
                + " was treated as [NonBreaching].");
  }

  @Test
  void mOutOfNIsSaidSo() {
    alarms.alarm("errors", request -> request.evaluationPeriods(3).datapointsToAlarm(2));
    alarms.put(5);
    alarms.putAt(0, TestAws.START.plusSeconds(60));
    alarms.putAt(7, TestAws.START.plusSeconds(120));
    aws.advance(Duration.ofSeconds(185));

    assertThat(alarms.describe("errors").stateReason())
        .isEqualTo(
            "Threshold Crossed: 3 out of the last 3 datapoints [7.0 (05/01/26 10:02:00), 0.0"
                + " (05/01/26 10:01:00), 5.0 (05/01/26 10:00:00)] were greater than the threshold"
                + " (1.0) (minimum 2 datapoints for OK -> ALARM transition).");
  }

  @Test
  void anAlarmOnMetricMathLooksAtTheExpression() {
    aws.cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("rate")
                .evaluationPeriods(1)
                .threshold(5.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .metrics(
                    TestAlarms.stat("errors", "Errors"),
                    TestAlarms.stat("calls", "Calls"),
                    MetricDataQuery.builder()
                        .id("rate")
                        .expression("100 * errors / MAX([errors, calls])")
                        .build()));
    alarms.put("Calls", 100);
    alarms.put(4);
    aws.advance(Duration.ofSeconds(65));
    assertThat(alarms.describe("rate").stateValue()).isEqualTo(StateValue.OK);

    alarms.put("Calls", 100);
    alarms.put(6);
    aws.advance(Duration.ofMinutes(1));
    assertThat(alarms.describe("rate").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.describe("rate").metrics()).hasSize(3);
    assertThat(alarms.describe("rate").metricName()).isNull();
  }

  @Test
  void anExpressionThatCannotBeEvaluatedIsRefusedWhenTheAlarmIsPut() {
    refused(
        400,
        "ValidationError",
        "Error in expression 'SEARCH(errors)': aws-simulator does not have SEARCH. Name each"
            + " metric in a query of its own",
        () ->
            aws.cloudWatch.putMetricAlarm(
                r ->
                    r.alarmName("rate")
                        .evaluationPeriods(1)
                        .threshold(5.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .metrics(
                            TestAlarms.stat("errors", "Errors"),
                            MetricDataQuery.builder()
                                .id("all")
                                .expression("SEARCH(errors)")
                                .build())));
  }

  @Test
  void changingAnAlarmKeepsItsState() {
    alarms.alarm("errors", request -> request.treatMissingData("ignore"));
    alarms.setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(1));
    alarms.alarm("errors", request -> request.treatMissingData("ignore").threshold(9.0));

    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.describe("errors").alarmConfigurationUpdatedTimestamp())
        .isEqualTo(TestAws.START.plusSeconds(1));
  }

  @Test
  void whatIsNotThereOrInvalidIsRefusedAsRecorded() {
    refused(404, "ResourceNotFound", null, () -> alarms.setState("none", StateValue.OK));
    alarms.alarm("errors", request -> {});
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
        () ->
            aws.cloudWatch.setAlarmState(
                r -> r.alarmName("errors").stateValue("INVALID").stateReason("x")));
  }

  @Test
  void theDataOfAStateSetByHandMustBeJson() {
    alarms.alarm("errors", request -> {});
    refused(
        400,
        "InvalidFormat",
        "StateReasonData is not JSON",
        () ->
            aws.cloudWatch.setAlarmState(
                r ->
                    r.alarmName("errors")
                        .stateValue(StateValue.OK)
                        .stateReason("x")
                        .stateReasonData("{no")));
    assertThat(alarms.describe("errors").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    aws.cloudWatch.setAlarmState(
        r ->
            r.alarmName("errors")
                .stateValue(StateValue.OK)
                .stateReason("x")
                .stateReasonData("{\"by\":\"hand\"}"));
    assertThat(alarms.describe("errors").stateReasonData()).isEqualTo("{\"by\":\"hand\"}");
  }
}
