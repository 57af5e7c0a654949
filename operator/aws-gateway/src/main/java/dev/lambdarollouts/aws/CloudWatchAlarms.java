package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms over the CloudWatch API: metric, composite and log alarms alike. */
final class CloudWatchAlarms implements AlarmReader {
  /** AWS returns metric alarms only where no type is named. */
  private static final List<AlarmType> ALL_TYPES =
      List.of(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM, AlarmType.LOG_ALARM);

  /** Where AWS refuses the newest type, as a region may that does not have it yet. */
  private static final List<AlarmType> OLDER_TYPES =
      List.of(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM);

  private final CloudWatchClient cloudWatch;
  private final AwsCalls calls;
  private volatile List<AlarmType> types = ALL_TYPES;

  CloudWatchAlarms(CloudWatchClient cloudWatch, AwsCalls calls) {
    this.cloudWatch = cloudWatch;
    this.calls = calls;
  }

  @Override
  public AwsReply<Map<String, Reported>> describe(List<String> names) {
    Map<String, Reported> reported = new HashMap<>();
    String token = null;
    do {
      switch (describe(names, token)) {
        case AwsReply.Done<DescribeAlarmsResponse>(DescribeAlarmsResponse page) -> {
          collect(page, reported);
          token = page.nextToken();
        }
        case AwsReply.Failed<DescribeAlarmsResponse>(AwsFailure failure) -> {
          return new AwsReply.Failed<>(failure);
        }
      }
    } while (token != null && !token.isEmpty());
    return new AwsReply.Done<>(reported);
  }

  private AwsReply<DescribeAlarmsResponse> describe(List<String> names, @Nullable String token) {
    AwsReply<DescribeAlarmsResponse> reply = describe(names, token, types);
    if (types.equals(ALL_TYPES)
        && reply instanceof AwsReply.Failed<DescribeAlarmsResponse>(AwsFailure failure)
        && failure.kind() == AwsFailure.Kind.INVALID) {
      AwsReply<DescribeAlarmsResponse> older = describe(names, token, OLDER_TYPES);
      if (older instanceof AwsReply.Done) {
        types = OLDER_TYPES;
        return older;
      }
    }
    return reply;
  }

  private AwsReply<DescribeAlarmsResponse> describe(
      List<String> names, @Nullable String token, List<AlarmType> ofTypes) {
    DescribeAlarmsRequest request =
        DescribeAlarmsRequest.builder()
            .alarmNames(names)
            .alarmTypes(ofTypes)
            .maxRecords(NAMES)
            .nextToken(token)
            .build();
    return calls.run(Api.DESCRIBE_ALARMS, Urgency.SHIFT, () -> cloudWatch.describeAlarms(request));
  }

  private static void collect(DescribeAlarmsResponse page, Map<String, Reported> reported) {
    page.metricAlarms()
        .forEach(
            alarm ->
                reported.put(
                    alarm.alarmName(),
                    new Reported(state(alarm.stateValue()), alarm.stateTransitionedTimestamp())));
    page.compositeAlarms()
        .forEach(
            alarm ->
                reported.put(
                    alarm.alarmName(),
                    new Reported(state(alarm.stateValue()), alarm.stateTransitionedTimestamp())));
    page.logAlarms()
        .forEach(
            alarm ->
                reported.put(
                    alarm.alarmName(),
                    new Reported(state(alarm.stateValue()), alarm.stateTransitionedTimestamp())));
  }

  private static State state(@Nullable StateValue value) {
    return switch (value) {
      case OK -> State.OK;
      case ALARM -> State.ALARM;
      case INSUFFICIENT_DATA -> State.INSUFFICIENT_DATA;
      case null, default -> State.UNKNOWN;
    };
  }

  @Override
  public AwsReply<Optional<Instant>> lastFired(String name, Instant from) {
    String token = null;
    do {
      switch (history(name, from, token)) {
        case AwsReply.Done<DescribeAlarmHistoryResponse>(DescribeAlarmHistoryResponse page) -> {
          for (AlarmHistoryItem item : page.alarmHistoryItems()) {
            AlarmStateChange change = AlarmStateChange.of(item);
            if (change == null) {
              return unreadable(item);
            }
            Optional<Instant> fired = fired(item, change);
            if (fired.isPresent() && !fired.get().isBefore(from)) {
              return new AwsReply.Done<>(fired);
            }
          }
          token = page.nextToken();
        }
        case AwsReply.Failed<DescribeAlarmHistoryResponse>(AwsFailure failure) -> {
          return new AwsReply.Failed<>(failure);
        }
      }
    } while (token != null && !token.isEmpty());
    return new AwsReply.Done<>(Optional.empty());
  }

  private AwsReply<DescribeAlarmHistoryResponse> history(
      String name, Instant from, @Nullable String token) {
    DescribeAlarmHistoryRequest request =
        DescribeAlarmHistoryRequest.builder()
            .alarmName(name)
            .alarmTypes(types)
            .historyItemType(HistoryItemType.STATE_UPDATE)
            .startDate(from)
            .scanBy(ScanBy.TIMESTAMP_DESCENDING)
            .maxRecords(NAMES)
            .nextToken(token)
            .build();
    return calls.run(
        Api.DESCRIBE_ALARM_HISTORY, Urgency.SHIFT, () -> cloudWatch.describeAlarmHistory(request));
  }

  /**
   * The newest moment of ALARM that a change of state tells of, by AWS' clock: it left ALARM then,
   * or entered it. The oldest change since a moment tells by its old state what was at that moment.
   */
  private static Optional<Instant> fired(AlarmHistoryItem item, AlarmStateChange change) {
    return change.intoAlarm() || change.outOfAlarm()
        ? Optional.of(item.timestamp())
        : Optional.empty();
  }

  private static AwsReply<Optional<Instant>> unreadable(AlarmHistoryItem item) {
    return new AwsReply.Failed<>(
        new AwsFailure(
            AwsFailure.Kind.UNAVAILABLE,
            Api.DESCRIBE_ALARM_HISTORY.operation(),
            "a change of state in the alarm's history is unreadable: " + item.historySummary()));
  }
}
