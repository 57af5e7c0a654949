package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Which alarms and which of their history come back, and on how many pages. */
class AlarmListingTest {
  private final TestAws aws = new TestAws();
  private final TestAlarms alarms = new TestAlarms(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void historyIsFoundByTimeAndPagedAndNewestFirstUnlessAskedOtherwise() {
    alarms.alarm("errors", request -> {});
    alarms.setState("errors", StateValue.ALARM);
    aws.advance(Duration.ofSeconds(1));
    alarms.setState("errors", StateValue.OK);

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
  void onlyMetricAlarmsComeBackUnlessCompositesAreAskedFor() {
    alarms.alarm("child", request -> request.treatMissingData("ignore"));
    alarms.composite("parent", "ALARM(child)");

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
  void listsArePagedAndFiltered() {
    IntStream.range(0, 120).forEach(i -> alarms.alarm("a-" + i, request -> {}));
    alarms.alarm("other", request -> {});
    alarms.setState("a-7", StateValue.ALARM);

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
  void childrenAndParentsAreToldInShortAndAlone() {
    alarms.alarm("child", request -> request.treatMissingData("ignore"));
    alarms.composite("inner", "ALARM(child)");
    alarms.composite("outer", "ALARM(inner) OR ALARM(child)");

    DescribeAlarmsResponse children =
        aws.cloudWatch.describeAlarms(r -> r.childrenOfAlarmName("outer"));
    assertThat(children.metricAlarms())
        .containsExactly(
            MetricAlarm.builder()
                .alarmName("child")
                .alarmArn("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:child")
                .stateValue(StateValue.INSUFFICIENT_DATA)
                .stateUpdatedTimestamp(TestAws.START)
                .build());
    assertThat(children.compositeAlarms())
        .extracting(CompositeAlarm::alarmName)
        .containsExactly("inner");
    assertThat(aws.cloudWatch.describeAlarms(r -> r.parentsOfAlarmName("child")).compositeAlarms())
        .containsExactly(
            CompositeAlarm.builder()
                .alarmName("inner")
                .alarmArn("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:inner")
                .build(),
            CompositeAlarm.builder()
                .alarmName("outer")
                .alarmArn("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:outer")
                .build());
    refused(
        400,
        "ValidationError",
        "When ChildrenOfAlarmName is specified, only MaxRecords and NextToken may be specified.",
        () -> aws.cloudWatch.describeAlarms(r -> r.childrenOfAlarmName("outer").alarmNames("a")));
  }

  @Test
  void alarmsOfAMetricAreFoundByStatisticPeriodAndUnit() {
    alarms.alarm("a", request -> request.namespace("n").metricName("m").period(60));
    alarms.alarm("b", request -> request.namespace("n").metricName("m").period(120));
    alarms.alarm("c", request -> request.namespace("n").metricName("other"));

    assertThat(ofMetric(r -> {})).containsExactly("a", "b");
    assertThat(ofMetric(r -> r.period(120))).containsExactly("b");
    assertThat(ofMetric(r -> r.statistic(Statistic.MINIMUM))).isEmpty();
    assertThat(ofMetric(r -> r.unit(StandardUnit.BITS))).isEmpty();
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value null at 'metricName' failed to satisfy constraint:"
            + " Member must not be null",
        () -> aws.cloudWatch.describeAlarmsForMetric(r -> r.namespace("n")));
  }

  private List<String> ofMetric(Consumer<DescribeAlarmsForMetricRequest.Builder> more) {
    DescribeAlarmsForMetricRequest.Builder request =
        DescribeAlarmsForMetricRequest.builder().namespace("n").metricName("m");
    more.accept(request);
    return aws.cloudWatch.describeAlarmsForMetric(request.build()).metricAlarms().stream()
        .map(MetricAlarm::alarmName)
        .toList();
  }

  @Test
  void aCompositeAlarmKeepsItsActionsSuppressor() {
    alarms.alarm("child", request -> request.treatMissingData("ignore"));
    aws.cloudWatch.putCompositeAlarm(
        r ->
            r.alarmName("c")
                .alarmRule("ALARM(child)")
                .actionsSuppressor("child")
                .actionsSuppressorWaitPeriod(60)
                .actionsSuppressorExtensionPeriod(30));

    CompositeAlarm shown =
        aws.cloudWatch
            .describeAlarms(r -> r.alarmTypes(AlarmType.COMPOSITE_ALARM))
            .compositeAlarms()
            .getFirst();
    assertThat(shown.actionsSuppressor()).isEqualTo("child");
    assertThat(shown.actionsSuppressorWaitPeriod()).isEqualTo(60);
    assertThat(shown.actionsSuppressorExtensionPeriod()).isEqualTo(30);
    refused(
        400,
        "ValidationError",
        "ActionsSuppressor, ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod must"
            + " be specified together.",
        () ->
            aws.cloudWatch.putCompositeAlarm(
                r -> r.alarmName("c").alarmRule("ALARM(child)").actionsSuppressor("child")));
  }
}
