package dev.lambdarollouts.simulator.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.ManualTime;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alarms are evaluated for good, over a range of N + 2 periods. */
class AlarmEvaluationTest {
  private static final Location HERE = new Location("111111111111", "eu-west-1");

  private final ManualTime time = new ManualTime(Instant.parse("2026-01-05T10:00:10Z"));
  private final Timeline timeline = new Timeline(time);
  private final MetricStore metrics = new MetricStore();
  private final Alarms alarms = new Alarms(new AlarmHistory());

  AlarmEvaluationTest() {
    new AlarmEvaluation(timeline, alarms, new MetricQueries(metrics), Duration.ofSeconds(5))
        .start();
  }

  @Test
  void anAlarmThatCannotBeEvaluatedIsToldAndStopsNoOther() {
    alarm("a-broken", "Nonsense", "missing");
    Alarm good = alarm("b-good", "GreaterThanThreshold", "notBreaching");
    alarm("c-broken", "Nonsense", "missing");
    put(5);

    nextMinuteTellsOfTheBrokenOnes();
    assertThat(good.state().value()).isEqualTo(AlarmState.Value.ALARM);

    put(0);
    nextMinuteTellsOfTheBrokenOnes();
    assertThat(good.state().value()).as("and so the minute after").isEqualTo(AlarmState.Value.OK);
  }

  private void nextMinuteTellsOfTheBrokenOnes() {
    time.advance(Duration.ofMinutes(1));
    assertThatThrownBy(timeline::catchUp)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("alarm:c-broken could not be evaluated")
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageContaining("alarm:a-broken could not be evaluated"));
    timeline.catchUp();
  }

  @Test
  void aPointOfTwoPeriodsBeforeTheLastNIsStillLookedAtAndOlderOnesAreNot() {
    Alarm alarm = alarm("errors", "GreaterThanThreshold", "notBreaching");
    put(5);

    time.advance(Duration.ofMinutes(3));
    timeline.catchUp();
    assertThat(alarm.state().value()).isEqualTo(AlarmState.Value.ALARM);

    time.advance(Duration.ofMinutes(1));
    timeline.catchUp();
    assertThat(alarm.state().value()).isEqualTo(AlarmState.Value.OK);
  }

  private void put(double value) {
    metrics.record(HERE, "App", "Errors", Map.of(), time.instant(), value, "Count");
  }

  private Alarm alarm(String name, String comparison, String missing) {
    ObjectNode settings =
        Json.object()
            .put("Namespace", "App")
            .put("MetricName", "Errors")
            .put("Statistic", "Sum")
            .put("Period", 60)
            .put("EvaluationPeriods", 1)
            .put("Threshold", 1.0)
            .put("TreatMissingData", missing)
            .put("ComparisonOperator", comparison);
    Alarm alarm = new Alarm(HERE, name, Alarm.Type.MetricAlarm, settings, time.instant());
    alarms.in(HERE).put(name, alarm);
    return alarm;
  }
}
