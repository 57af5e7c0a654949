package dev.lambdarollouts.simulator;

import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What tests do with alarms, on a metric of their own. */
final class TestAlarms {
  private final TestAws aws;

  TestAlarms(TestAws aws) {
    this.aws = aws;
  }

  void alarm(String name, Consumer<PutMetricAlarmRequest.Builder> settings) {
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

  void composite(String name, String rule) {
    aws.cloudWatch.putCompositeAlarm(r -> r.alarmName(name).alarmRule(rule));
  }

  static MetricDataQuery stat(String id, String metric) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            s -> s.period(60).stat("Sum").metric(m -> m.namespace("App").metricName(metric)))
        .build();
  }

  void put(double value) {
    putAt(value, aws.time.instant());
  }

  void put(String metric, double value) {
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

  void putAt(double value, Instant at) {
    aws.cloudWatch.putMetricData(
        r ->
            r.namespace("App")
                .metricData(
                    MetricDatum.builder().metricName("Errors").value(value).timestamp(at).build()));
  }

  void setState(String name, StateValue value) {
    aws.cloudWatch.setAlarmState(r -> r.alarmName(name).stateValue(value).stateReason("by hand"));
  }

  MetricAlarm describe(String name) {
    return aws.cloudWatch.describeAlarms(r -> r.alarmNames(name)).metricAlarms().getFirst();
  }

  CompositeAlarm compositeAlarm(String name) {
    return aws.cloudWatch
        .describeAlarms(r -> r.alarmNames(name).alarmTypes(AlarmType.COMPOSITE_ALARM))
        .compositeAlarms()
        .getFirst();
  }

  StateValue state(String composite) {
    return compositeAlarm(composite).stateValue();
  }
}
