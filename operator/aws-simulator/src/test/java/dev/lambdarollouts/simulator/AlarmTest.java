package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Alarms over Smithy RPC v2 CBOR, which is what the AWS SDK for Java speaks with CloudWatch. */
class AlarmTest {
  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aNewAlarmHasInsufficientDataAndShowsItsSettings() {
    alarm("errors", request -> request.alarmDescription("<x>").unit("Count"));

    MetricAlarm alarm = describe("errors");

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
    alarm("errors", request -> {});
    put(5);
    aws.advance(Duration.ofSeconds(59));
    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);

    aws.advance(Duration.ofSeconds(6));
    MetricAlarm fired = describe("errors");
    assertThat(fired.stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(fired.stateReason())
        .isEqualTo(
            "Threshold Crossed: 1 datapoint [5.0 (05/01/26 10:00:00)] was greater than the"
                + " threshold (1.0).");
    assertThat(fired.stateReasonData())
        .contains("\"recentDatapoints\":[5.0]")
        .contains("\"period\":60");
    assertThat(fired.stateTransitionedTimestamp()).isEqualTo(TestAws.START.plusSeconds(65));

    put(0);
    aws.advance(Duration.ofMinutes(1));
    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.OK);
    assertThat(describe("errors").stateReason())
        .isEqualTo(
            "Threshold Crossed: 1 datapoint [0.0 (05/01/26 10:01:00)] was not greater than the"
                + " threshold (1.0).");
  }

  @Test
  void aJumpOfTheClockEvaluatesEveryMinuteInBetweenAtItsTime() {
    alarm("errors", request -> {});
    put(5);
    putAt(0, TestAws.START.plusSeconds(60));
    putAt(9, TestAws.START.plusSeconds(120));
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
  void historyIsFoundByTimeAndPagedAndNewestFirstUnlessAskedOtherwise() {
    alarm("errors", request -> {});
    setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(1));
    setState("errors", StateValue.OK);

    List<AlarmHistoryItem> all =
        aws.cloudWatch.describeAlarmHistory(r -> r.alarmName("errors")).alarmHistoryItems();
    assertThat(all)
        .extracting(AlarmHistoryItem::historySummary)
        .containsExactly(
            "Alarm updated from ALARM to OK",
            "Alarm updated from INSUFFICIENT_DATA to ALARM",
            "Alarm \"errors\" created");
    assertThat(
            aws.cloudWatch
                .describeAlarmHistory(
                    r -> r.alarmName("errors").startDate(TestAws.START.plusSeconds(1)))
                .alarmHistoryItems())
        .hasSize(1);
    assertThat(
            aws.cloudWatch.describeAlarmHistoryPaginator(r -> r.maxRecords(1)).alarmHistoryItems())
        .hasSize(3);
  }

  @Test
  void aStateThatWasSetByHandIsReplacedAtTheNextEvaluation() {
    alarm("errors", request -> {});
    put(0);
    aws.advance(Duration.ofSeconds(65));
    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.OK);
    Instant ok = describe("errors").stateTransitionedTimestamp();

    aws.cloudWatch.setAlarmState(
        r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("testing"));
    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(describe("errors").stateReason()).isEqualTo("testing");
    assertThat(describe("errors").stateTransitionedTimestamp()).isEqualTo(ok);

    aws.advance(Duration.ofMinutes(1));
    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.OK);
  }

  @Test
  void anAlarmThatIgnoresMissingDataKeepsAStateSetByHand() {
    alarm("errors", request -> request.treatMissingData("ignore"));
    setState("errors", StateValue.ALARM);

    aws.advance(Duration.ofMinutes(10));

    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
  }

  @Test
  void settingTheSameStateAgainIsAnUpdateButNoTransition() {
    alarm("errors", request -> request.treatMissingData("ignore"));
    setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(10));
    setState("errors", StateValue.ALARM);

    MetricAlarm alarm = describe("errors");
    assertThat(alarm.stateTransitionedTimestamp()).isEqualTo(TestAws.START);
    assertThat(alarm.stateUpdatedTimestamp()).isEqualTo(TestAws.START.plusSeconds(10));
  }

  @Test
  void noDataForLongIsInsufficientDataOrAsMissingDataIsTreated() {
    alarm("plain", request -> {});
    alarm("breaching", request -> request.treatMissingData("breaching").evaluationPeriods(2));
    alarm("fine", request -> request.treatMissingData("notBreaching"));
    put(5);

    aws.advance(Duration.ofMinutes(6));

    assertThat(describe("plain").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    assertThat(describe("breaching").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(describe("fine").stateValue()).isEqualTo(StateValue.OK);
    assertThat(describe("fine").stateReason())
        .isEqualTo(
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint"
                + " was treated as [NonBreaching].");
  }

  @Test
  void mOutOfNIsSaidSo() {
    alarm("errors", request -> request.evaluationPeriods(3).datapointsToAlarm(2));
    put(5);
    putAt(0, TestAws.START.plusSeconds(60));
    putAt(7, TestAws.START.plusSeconds(120));
    aws.advance(Duration.ofSeconds(185));

    assertThat(describe("errors").stateReason())
        .isEqualTo(
            "Threshold Crossed: 3 out of the last 3 datapoints [7.0 (05/01/26 10:02:00), 0.0"
                + " (05/01/26 10:01:00), 5.0 (05/01/26 10:00:00)] were greater than the threshold"
                + " (1.0) (minimum 2 datapoints for OK -> ALARM transition).");
  }

  @Test
  void onlyMetricAlarmsComeBackUnlessCompositesAreAskedFor() {
    alarm("child", request -> request.treatMissingData("ignore"));
    composite("parent", "ALARM(child)");

    assertThat(aws.cloudWatch.describeAlarms().compositeAlarms()).isEmpty();
    DescribeAlarmsResponse both =
        aws.cloudWatch.describeAlarms(
            r -> r.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
    assertThat(both.metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly("child");
    assertThat(both.compositeAlarms())
        .extracting(CompositeAlarm::alarmName)
        .containsExactly("parent");
    assertThat(aws.cloudWatch.describeAlarms(r -> r.alarmNames("child", "missing")).metricAlarms())
        .as("names that are not there are left out silently")
        .hasSize(1);
  }

  @Test
  void aCompositeAlarmFollowsItsChildren() {
    alarm("one", request -> request.treatMissingData("ignore"));
    alarm("two", request -> request.treatMissingData("ignore"));
    composite("both", "ALARM(one) AND ALARM(\"" + describe("two").alarmArn() + "\")");
    composite("above", "NOT OK(both)");
    assertThat(state("both")).isEqualTo(StateValue.OK);

    setState("one", StateValue.ALARM);
    assertThat(state("both")).isEqualTo(StateValue.OK);
    aws.advance(Duration.ofSeconds(3));
    setState("two", StateValue.ALARM);

    assertThat(state("both")).isEqualTo(StateValue.ALARM);
    assertThat(state("above")).isEqualTo(StateValue.ALARM);
    CompositeAlarm both = compositeAlarm("both");
    assertThat(both.stateTransitionedTimestamp()).isEqualTo(TestAws.START.plusSeconds(3));
    assertThat(both.stateReason())
        .isEqualTo(
            describe("two").alarmArn()
                + " transitioned to ALARM at Monday 5 January, 2026 10:00:03 UTC");
    assertThat(both.stateReasonData())
        .contains("triggeringAlarms")
        .contains(describe("two").alarmArn());
  }

  @Test
  void aChildOfACompositeCannotBeDeletedAlone() {
    alarm("child", request -> {});
    composite("parent", "ALARM(child)");
    refused(
        400,
        "ValidationError",
        "Cannot delete child as there are composite alarm(s) depending on it. Please update or"
            + " delete the composite alarm(s) first: parent",
        () -> aws.cloudWatch.deleteAlarms(r -> r.alarmNames("child")));

    aws.cloudWatch.deleteAlarms(r -> r.alarmNames("child", "parent"));
    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void listsArePagedAndFiltered() {
    IntStream.range(0, 120).forEach(i -> alarm("a-" + i, request -> {}));
    alarm("other", request -> {});
    setState("a-7", StateValue.ALARM);

    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).hasSize(50);
    assertThat(aws.cloudWatch.describeAlarmsPaginator(r -> r.alarmNamePrefix("a-")).metricAlarms())
        .hasSize(120);
    assertThat(aws.cloudWatch.describeAlarms(r -> r.stateValue(StateValue.ALARM)).metricAlarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("a-7");
    List<String> tooMany = IntStream.range(0, 101).mapToObj(i -> "n" + i).toList();
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value '"
            + tooMany
            + "' at 'alarmNames' failed to satisfy constraint: Member must have length less than or"
            + " equal to 100",
        () -> aws.cloudWatch.describeAlarms(r -> r.alarmNames(tooMany)));
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
                    stat("errors", "Errors"),
                    stat("calls", "Calls"),
                    MetricDataQuery.builder()
                        .id("rate")
                        .expression("100 * errors / MAX([errors, calls])")
                        .build()));
    put("Calls", 100);
    put(4);
    aws.advance(Duration.ofSeconds(65));
    assertThat(describe("rate").stateValue()).isEqualTo(StateValue.OK);

    put("Calls", 100);
    put(6);
    aws.advance(Duration.ofMinutes(1));
    assertThat(describe("rate").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(describe("rate").metrics()).hasSize(3);
    assertThat(describe("rate").metricName()).isNull();
  }

  @Test
  void anExpressionThatCannotBeEvaluatedIsRefusedWhenTheAlarmIsPut() {
    refused(
        400,
        "ValidationError",
        "Error in expression 'SEARCH(errors)': aws-simulator does not have the function SEARCH",
        () ->
            aws.cloudWatch.putMetricAlarm(
                r ->
                    r.alarmName("rate")
                        .evaluationPeriods(1)
                        .threshold(5.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .metrics(
                            stat("errors", "Errors"),
                            MetricDataQuery.builder()
                                .id("all")
                                .expression("SEARCH(errors)")
                                .build())));
  }

  @Test
  void changingAnAlarmKeepsItsState() {
    alarm("errors", request -> request.treatMissingData("ignore"));
    setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(1));
    alarm("errors", request -> request.treatMissingData("ignore").threshold(9.0));

    assertThat(describe("errors").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(describe("errors").alarmConfigurationUpdatedTimestamp())
        .isEqualTo(TestAws.START.plusSeconds(1));
  }

  @Test
  void whatIsNotThereOrInvalidIsRefusedAsRecorded() {
    refused(404, "ResourceNotFound", null, () -> setState("none", StateValue.OK));
    alarm("errors", request -> {});
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
        () ->
            aws.cloudWatch.setAlarmState(
                r -> r.alarmName("errors").stateValue("INVALID").stateReason("x")));
  }

  private void alarm(String name, Consumer<PutMetricAlarmRequest.Builder> settings) {
    aws.cloudWatch.putMetricAlarm(
        request -> {
          request
              .alarmName(name)
              .namespace("App")
              .metricName("Errors")
              .statistic(Statistic.SUM)
              .period(60)
              .evaluationPeriods(1)
              .threshold(1.0)
              .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD);
          settings.accept(request);
        });
  }

  private void composite(String name, String rule) {
    aws.cloudWatch.putCompositeAlarm(r -> r.alarmName(name).alarmRule(rule));
  }

  private static MetricDataQuery stat(String id, String metric) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            s -> s.period(60).stat("Sum").metric(m -> m.namespace("App").metricName(metric)))
        .build();
  }

  private void put(double value) {
    putAt(value, aws.time.instant());
  }

  private void put(String metric, double value) {
    aws.cloudWatch.putMetricData(
        r ->
            r.namespace("App")
                .metricData(
                    MetricDatum.builder()
                        .metricName(metric)
                        .value(value)
                        .timestamp(aws.time.instant())
                        .build()));
  }

  private void putAt(double value, Instant at) {
    aws.cloudWatch.putMetricData(
        r ->
            r.namespace("App")
                .metricData(
                    MetricDatum.builder().metricName("Errors").value(value).timestamp(at).build()));
  }

  private void setState(String name, StateValue value) {
    aws.cloudWatch.setAlarmState(r -> r.alarmName(name).stateValue(value).stateReason("by hand"));
  }

  private MetricAlarm describe(String name) {
    return aws.cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().getFirst();
  }

  private CompositeAlarm compositeAlarm(String name) {
    return aws.cloudWatch
        .describeAlarms(r -> r.alarmNames(name).alarmTypes(AlarmType.COMPOSITE_ALARM))
        .compositeAlarms()
        .getFirst();
  }

  private StateValue state(String composite) {
    return compositeAlarm(composite).stateValue();
  }
}
