package dev.lambdarollouts.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.LogAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** CloudWatch as far as alarms go: states set by the test, history in pages. */
final class FakeCloudWatch implements CloudWatchClient {
  private static final int HISTORY_PAGE = 2;

  private final Map<String, Alarm> alarms = new TreeMap<>();
  private final List<AlarmHistoryItem> history = new ArrayList<>();
  private final List<List<String>> asked = new ArrayList<>();
  private @Nullable RuntimeException outage;
  private Runnable during = () -> {};
  private boolean withoutLogAlarms;

  private record Alarm(AlarmType type, String state, @Nullable Instant transitionedAt) {}

  void alarm(String name, String state, @Nullable Instant transitionedAt) {
    alarm(AlarmType.METRIC_ALARM, name, state, transitionedAt);
  }

  void alarm(AlarmType type, String name, String state, @Nullable Instant transitionedAt) {
    alarms.put(name, new Alarm(type, state, transitionedAt));
  }

  void changed(String name, Instant at, String from, String to) {
    history.addFirst(
        AlarmHistoryItem.builder()
            .alarmName(name)
            .timestamp(at)
            .historySummary("Alarm updated from " + from + " to " + to)
            .historyData(
                "{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\""
                    + from
                    + "\"},\"newState\":{\"stateValue\":\""
                    + to
                    + "\"}}")
            .build());
  }

  void history(AlarmHistoryItem item) {
    history.addFirst(item);
  }

  void fails() {
    outage = CloudWatchException.builder().message("down").statusCode(500).build();
  }

  void refuses(String words) {
    outage =
        CloudWatchException.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("AccessDenied").errorMessage(words).build())
            .build();
  }

  void throwsOnce(RuntimeException thrown) {
    outage = thrown;
  }

  /** A region that does not know the newest type of alarm. */
  void withoutLogAlarms() {
    withoutLogAlarms = true;
  }

  void answers() {
    outage = null;
  }

  /** Runs while a DescribeAlarms is under way. */
  void during(Runnable happening) {
    during = happening;
  }

  /** The names of each DescribeAlarms, in order. */
  List<List<String>> asked() {
    return asked;
  }

  @Override
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    asked.add(request.alarmNames());
    during.run();
    if (outage != null) {
      throw outage;
    }
    if (withoutLogAlarms && request.alarmTypes().contains(AlarmType.LOG_ALARM)) {
      throw CloudWatchException.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("ValidationError")
                  .errorMessage("Member must satisfy enum value set")
                  .build())
          .build();
    }
    DescribeAlarmsResponse.Builder response = DescribeAlarmsResponse.builder();
    response.metricAlarms(
        of(request, AlarmType.METRIC_ALARM)
            .map(
                a ->
                    MetricAlarm.builder()
                        .alarmName(a.getKey())
                        .stateValue(a.getValue().state())
                        .stateTransitionedTimestamp(a.getValue().transitionedAt())
                        .build())
            .toList());
    response.compositeAlarms(
        of(request, AlarmType.COMPOSITE_ALARM)
            .map(
                a ->
                    CompositeAlarm.builder()
                        .alarmName(a.getKey())
                        .stateValue(a.getValue().state())
                        .stateTransitionedTimestamp(a.getValue().transitionedAt())
                        .build())
            .toList());
    response.logAlarms(
        of(request, AlarmType.LOG_ALARM)
            .map(
                a ->
                    LogAlarm.builder()
                        .alarmName(a.getKey())
                        .stateValue(a.getValue().state())
                        .stateTransitionedTimestamp(a.getValue().transitionedAt())
                        .build())
            .toList());
    return response.build();
  }

  private Stream<Map.Entry<String, Alarm>> of(DescribeAlarmsRequest request, AlarmType type) {
    return alarms.entrySet().stream()
        .filter(alarm -> alarm.getValue().type() == type)
        .filter(alarm -> request.alarmTypes().contains(type))
        .filter(alarm -> request.alarmNames().contains(alarm.getKey()));
  }

  @Override
  public DescribeAlarmHistoryResponse describeAlarmHistory(DescribeAlarmHistoryRequest request) {
    if (outage != null) {
      throw outage;
    }
    if (request.scanBy() != ScanBy.TIMESTAMP_DESCENDING) {
      throw new IllegalArgumentException("newest first is what the test plays");
    }
    List<AlarmHistoryItem> items =
        history.stream()
            .filter(item -> item.alarmName().equals(request.alarmName()))
            .filter(item -> !item.timestamp().isBefore(request.startDate()))
            .toList();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(items.size(), from + HISTORY_PAGE);
    return DescribeAlarmHistoryResponse.builder()
        .alarmHistoryItems(items.subList(from, to))
        .nextToken(to < items.size() ? String.valueOf(to) : null)
        .build();
  }

  @Override
  public String serviceName() {
    return "cloudwatch";
  }

  @Override
  public void close() {}
}
