package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;

/** What samples say, and who is woken. */
class AlarmNewsTest extends WatchingAlarms {
  @Test
  void metricCompositeAndLogAlarmsAreAllRead() {
    cloudWatch.alarm(AlarmType.METRIC_ALARM, "m", "OK", at(-3));
    cloudWatch.alarm(AlarmType.COMPOSITE_ALARM, "c", "ALARM", at(-2));
    cloudWatch.alarm(AlarmType.LOG_ALARM, "l", "INSUFFICIENT_DATA", at(-1));
    watch("prod", "m", "c", "l");
    time.runDue();

    assertThat(watcher.samples(List.of("l", "c", "m")))
        .extracting(AlarmSample::name, AlarmSample::state, AlarmSample::transitionedAt)
        .containsExactly(
            tuple("l", State.INSUFFICIENT_DATA, at(-1)),
            tuple("c", State.ALARM, at(-2)),
            tuple("m", State.OK, at(-3)));
  }

  @Test
  void aRegionThatRefusesTheNewestTypeOfAlarmIsAskedForTheOthers() {
    cloudWatch.withoutLogAlarms();
    cloudWatch.alarm("m", "OK", at(-3));
    watch("prod", "m");
    time.runDue();
    assertThat(sample("m").state()).isEqualTo(State.OK);

    time.advance(INTERVAL);
    assertThat(cloudWatch.asked()).hasSize(3);
  }

  @Test
  void anAlarmThatIsNotThereIsMissingAndItsAppearanceIsNews() {
    watch("prod", "errors");
    time.runDue();
    assertThat(sample("errors").state()).isEqualTo(State.MISSING);
    assertThat(sample("errors").sampledAt()).isEqualTo(START);

    cloudWatch.alarm("errors", "OK", at(3));
    time.advance(INTERVAL);

    assertThat(sample("errors").state()).isEqualTo(State.OK);
    assertThat(woken("prod")).isEqualTo(2);
  }

  @Test
  void aStateThatThisOperatorDoesNotKnowIsUnknown() {
    cloudWatch.alarm("errors", "SOMETHING_NEW", at(-1));
    watch("prod", "errors");
    time.runDue();

    assertThat(sample("errors").state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void oddNamesArePassedAsTheyAre() {
    String odd = "a,b \"c\" *?[ü]/{d}:%20";
    cloudWatch.alarm(odd, "OK", at(-1));
    watch("prod", odd);
    time.runDue();

    assertThat(cloudWatch.asked()).containsExactly(List.of(odd));
    assertThat(sample(odd).state()).isEqualTo(State.OK);
  }

  @Test
  void onlyThoseWhoseAlarmChangedAreWoken() {
    cloudWatch.alarm("a", "OK", at(-1));
    cloudWatch.alarm("b", "OK", at(-1));
    watch("dev", "a");
    watch("prod", "b");
    time.runDue();
    woken.clear();

    cloudWatch.alarm("b", "ALARM", at(4));
    time.advance(INTERVAL);

    assertThat(woken).containsExactly(Map.entry("prod", 1));
    assertThat(sample("b").firedAt()).isEqualTo(at(5));
  }

  @Test
  void nothingNewWakesNobody() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    time.advance(Duration.ofMinutes(10));

    assertThat(woken).isEmpty();
  }

  @Test
  void aStateThatChangedAndChangedBackBetweenPollsIsNews() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    cloudWatch.alarm("a", "OK", at(3));
    time.advance(INTERVAL);

    assertThat(woken("dev")).isEqualTo(1);
    assertThat(sample("a").transitionedAt()).isEqualTo(at(3));
  }

  @Test
  void thatItFiredIsKeptWhenItIsOkAgain() {
    cloudWatch.alarm("a", "ALARM", at(-1));
    watch("dev", "a");
    time.runDue();
    cloudWatch.alarm("a", "OK", at(4));
    time.advance(INTERVAL);

    assertThat(sample("a").state()).isEqualTo(State.OK);
    assertThat(sample("a").firedAt()).isEqualTo(START);
  }

  @Test
  void aPollThatFailsChangesNothingButTheAge() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    AlarmSample before = sample("a");
    woken.clear();
    cloudWatch.fails();
    cloudWatch.alarm("a", "ALARM", at(3));
    time.advance(Duration.ofSeconds(30));

    assertThat(sample("a"))
        .usingRecursiveComparison()
        .ignoringFields("unanswered")
        .isEqualTo(before);
    assertThat(sample("a").unanswered().operation()).isEqualTo("DescribeAlarms");
    assertThat(cloudWatch.asked()).hasSize(7);
  }

  @Test
  void onePollThatFailsWakesNobodyAndTheSecondInARowDoesOnce() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    cloudWatch.fails();
    time.advance(INTERVAL);
    assertThat(sample("a").unanswered()).isNull();
    assertThat(woken).isEmpty();

    time.advance(INTERVAL.multipliedBy(5));
    assertThat(woken).containsExactly(Map.entry("dev", 1));

    cloudWatch.answers();
    time.advance(INTERVAL);
    assertThat(woken("dev")).as("that it can be read again is news too").isEqualTo(2);
    assertThat(sample("a").unanswered()).isNull();
  }

  @Test
  void aPollThatIsRefusedWakesAtOnceAndItsWordsStay() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    cloudWatch.refuses("not authorized to perform: cloudwatch:DescribeAlarms");
    time.advance(INTERVAL);
    AwsFailure told = sample("a").unanswered();
    cloudWatch.refuses("not authorized to perform it, request 2");
    time.advance(INTERVAL);

    assertThat(told.message()).isEqualTo("not authorized to perform: cloudwatch:DescribeAlarms");
    assertThat(sample("a").unanswered()).isEqualTo(told);
    assertThat(woken).containsExactly(Map.entry("dev", 1));
  }

  @Test
  void samplesThatGrowTooOldWakeOnceAndAgainWhenFresh() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    cloudWatch.fails();

    time.advance(STALENESS);
    woken.clear();
    time.advance(Duration.ofNanos(1));
    assertThat(woken("dev")).isEqualTo(1);
    time.advance(Duration.ofMinutes(5));
    assertThat(woken("dev")).isEqualTo(1);

    cloudWatch.answers();
    time.advance(INTERVAL);
    assertThat(woken("dev")).isEqualTo(2);
    time.advance(INTERVAL);
    assertThat(woken("dev")).isEqualTo(2);
  }

  @Test
  void aShortGapLeavesTheWatchUnbrokenAndALongOneBreaksIt() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    cloudWatch.fails();
    time.advance(Duration.ofSeconds(57));
    cloudWatch.answers();
    time.advance(Duration.ofSeconds(3));
    assertThat(sample("a").sampledAt()).isEqualTo(at(60));
    assertThat(sample("a").watchedSince()).isEqualTo(START);

    cloudWatch.fails();
    time.advance(Duration.ofSeconds(62));
    cloudWatch.answers();
    time.advance(Duration.ofSeconds(3));
    assertThat(sample("a").watchedSince()).isEqualTo(at(125));
  }
}
