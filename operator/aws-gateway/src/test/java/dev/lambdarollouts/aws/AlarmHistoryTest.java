package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;

/** What the history adds to a sample. */
class AlarmHistoryTest extends WatchingAlarms {
  private void watched(String state, Instant transitionedAt) {
    cloudWatch.alarm("a", state, transitionedAt);
    watch("dev", "a");
    time.runDue();
    woken.clear();
  }

  @Test
  void anAlarmThatFiredWhileNobodyLookedIsFoundInTheHistory() {
    cloudWatch.changed("a", at(-100), "OK", "ALARM");
    cloudWatch.changed("a", at(-40), "ALARM", "OK");
    cloudWatch.changed("a", at(-20), "OK", "INSUFFICIENT_DATA");
    cloudWatch.changed("a", at(-10), "INSUFFICIENT_DATA", "OK");
    watched("OK", at(-10));

    watcher.lookUpHistory("a", at(-200));

    assertThat(sample("a").historyFrom()).isEqualTo(at(-200));
    assertThat(sample("a").firedByHistory()).isEqualTo(at(-40));
    assertThat(woken("dev")).isEqualTo(1);
  }

  @Test
  void anAlarmThatWasFiringAtTheMomentItselfCounts() {
    cloudWatch.changed("a", at(-100), "OK", "ALARM");
    cloudWatch.changed("a", at(-40), "ALARM", "OK");
    watched("OK", at(-40));

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").firedByHistory()).isEqualTo(at(-40));
  }

  @Test
  void anAlarmThatWasOverByThenDoesNotCount() {
    cloudWatch.changed("a", at(-100), "OK", "ALARM");
    cloudWatch.changed("a", at(-80), "ALARM", "OK");
    cloudWatch.changed("a", at(-20), "OK", "INSUFFICIENT_DATA");
    cloudWatch.changed("a", at(-10), "INSUFFICIENT_DATA", "OK");
    watched("OK", at(-10));

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").historyFrom()).isEqualTo(at(-60));
    assertThat(sample("a").firedByHistory()).isNull();
    assertThat(woken("dev")).isZero();
  }

  @Test
  void anAlarmThatFiresNowFiredWhenAwsSaysThatItBegan() {
    cloudWatch.changed("a", at(-10), "OK", "ALARM");
    watched("ALARM", at(-10));
    time.set(at(2));

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").firedByHistory()).isEqualTo(at(-10));
  }

  @Test
  void aHistoryThatAwsCutOffIsReadByItsSummaryAndAnUnreadableOneLeavesNothing() {
    cloudWatch.history(
        AlarmHistoryItem.builder()
            .alarmName("a")
            .timestamp(at(-30))
            .historySummary("Alarm updated from ALARM to OK")
            .historyData("{\"version\":\"1.0\",\"oldState\":{\"stateVal")
            .build());
    watched("OK", at(-30));
    watcher.lookUpHistory("a", at(-60));
    assertThat(sample("a").firedByHistory()).isEqualTo(at(-30));

    cloudWatch.history(
        AlarmHistoryItem.builder().alarmName("b").timestamp(at(-5)).historyData("?").build());
    watch("dev", "a", "b");
    time.runDue();
    watcher.lookUpHistory("b", at(-60));
    assertThat(sample("b").historyFrom()).isNull();
  }

  @Test
  void whenAwsDoesNotAnswerTheSampleStaysWithoutHistory() {
    watched("OK", at(-10));
    cloudWatch.fails();

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").historyFrom()).isNull();
  }

  @Test
  void withoutASampleNothingIsLookedUp() {
    watcher.lookUpHistory("a", at(-60));
    watch("dev", "a");
    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a")).isEqualTo(AlarmSample.never("a"));
  }

  @Test
  void twoStagesThatLookBackToDifferentMomentsKeepTheEarlier() {
    watched("OK", at(-10));

    watcher.lookUpHistory("a", at(-60));
    watcher.lookUpHistory("a", at(-30));

    assertThat(sample("a").historyFrom()).isEqualTo(at(-60));
  }

  @Test
  void aBrokenWatchForgetsThatTheHistoryWasLookedUp() {
    watched("OK", at(-10));
    watcher.lookUpHistory("a", at(-60));
    cloudWatch.fails();
    time.advance(Duration.ofSeconds(90));
    cloudWatch.answers();
    time.advance(INTERVAL);

    assertThat(sample("a").historyFrom()).isNull();
  }

  @Test
  void anAlarmThatFiredAndWasOkAgainBetweenTwoPollsIsNotKnownWithoutItsHistory() {
    watched("OK", at(-100));
    cloudWatch.changed("a", at(1), "OK", "ALARM");
    cloudWatch.changed("a", at(3), "ALARM", "OK");
    cloudWatch.alarm("a", "OK", at(3));
    time.advance(Duration.ofSeconds(5));

    assertThat(sample("a").watchedSince()).as("a gap").isEqualTo(at(5));
    watcher.lookUpHistory("a", at(-10));
    assertThat(sample("a").firedByHistory()).isEqualTo(at(3));
  }
}
