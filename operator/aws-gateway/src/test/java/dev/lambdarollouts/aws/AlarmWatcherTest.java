package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AlarmSample.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;

/** Polls run on the test's thread, on a clock that the test moves. */
class AlarmWatcherTest {
  private static final Instant START = ManualTime.START;
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration STALENESS = Duration.ofSeconds(60);

  private final ManualTime time = new ManualTime();
  private final FakeCloudWatch cloudWatch = new FakeCloudWatch();
  private final Map<String, Integer> woken = new HashMap<>();
  private final AlarmWatcher watcher =
      new AlarmWatcher(
          "111122223333/us-east-1",
          new CloudWatchAlarms(cloudWatch, FakeSts.calls(FakeSts.rightAccount(), time), time),
          time,
          new GatewaySettings(Quotas.DEFAULT, INTERVAL, STALENESS, null),
          Runnable::run);

  private void watch(String who, String... names) {
    watcher.watch(who, Set.of(names), () -> woken.merge(who, 1, Integer::sum));
  }

  private AlarmSample sample(String name) {
    return watcher.samples(List.of(name)).getFirst();
  }

  private int woken(String who) {
    return woken.getOrDefault(who, 0);
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  // -- polling

  @Test
  void nobodyWatchingMeansNoPollAndNoTimer() {
    time.advance(Duration.ofMinutes(5));

    assertThat(cloudWatch.asked()).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void theFirstWatcherIsPolledForAtOnceAndThenEveryInterval() {
    cloudWatch.alarm("errors", "OK", at(-100));
    watch("prod", "errors");
    time.runDue();
    time.advance(Duration.ofSeconds(11));

    assertThat(cloudWatch.asked())
        .containsExactly(List.of("errors"), List.of("errors"), List.of("errors"));
    assertThat(sample("errors"))
        .isEqualTo(new AlarmSample("errors", State.OK, at(10), at(-100), START, null, null));
  }

  @Test
  void pollingEndsWithTheLastWatcher() {
    watch("prod", "errors");
    time.runDue();
    watch("prod");
    time.advance(Duration.ofMinutes(5));

    assertThat(cloudWatch.asked()).hasSize(1);
    assertThat(sample("errors")).isEqualTo(AlarmSample.never("errors"));
    assertThat(time.pending()).isZero();
  }

  @Test
  void allWatchersShareOnePollOfEachName() {
    watch("dev", "a", "b");
    watch("prod", "b", "c");
    time.runDue();

    assertThat(cloudWatch.asked()).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void moreThanAHundredNamesGoInSeveralCalls() {
    watcher.watch(
        "prod",
        IntStream.range(0, 250)
            .mapToObj(i -> "alarm-%03d".formatted(i))
            .collect(Collectors.toSet()),
        () -> {});
    time.runDue();

    assertThat(cloudWatch.asked()).extracting(List::size).containsExactly(100, 100, 50);
    assertThat(sample("alarm-249").state()).isEqualTo(State.MISSING);
  }

  @Test
  void aNewNameIsAskedForAtOnceAloneAndTheOthersInTheirTime() {
    watch("dev", "a");
    time.runDue();
    time.advance(Duration.ofSeconds(2));
    watch("prod", "b");
    time.runDue();

    assertThat(cloudWatch.asked()).containsExactly(List.of("a"), List.of("b"));
    time.advance(Duration.ofSeconds(3));
    assertThat(cloudWatch.asked()).hasSize(3).last().isEqualTo(List.of("a", "b"));
  }

  @Test
  void aNewNameWaitsForAPollThatIsDueWithinASecond() {
    watch("dev", "a");
    time.runDue();
    time.advance(Duration.ofMillis(4_200));
    watch("prod", "b");
    time.runDue();

    assertThat(cloudWatch.asked()).containsExactly(List.of("a"));
    time.advance(Duration.ofMillis(800));
    assertThat(cloudWatch.asked()).hasSize(2).last().isEqualTo(List.of("a", "b"));
  }

  @Test
  void aNewNameThatComesDuringAPollIsAskedForAfterIt() {
    cloudWatch.during(
        () -> {
          cloudWatch.during(() -> {});
          watch("prod", "b");
          time.runDue();
        });
    watch("dev", "a");
    time.runDue();
    time.runDue();

    assertThat(cloudWatch.asked()).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void pollsNeverOverlapHoweverLongOneTakes() {
    List<Integer> under = new ArrayList<>();
    cloudWatch.during(
        () -> {
          int before = cloudWatch.asked().size();
          time.advance(Duration.ofSeconds(12));
          under.add(cloudWatch.asked().size() - before);
        });
    watch("dev", "a");
    time.runDue();
    cloudWatch.during(() -> {});

    assertThat(under).containsExactly(0);
    time.runDue();
    assertThat(cloudWatch.asked()).hasSize(2);
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    watch("prod", "a");
    time.runDue();
    time.advance(Duration.ofSeconds(2));
    watch("prod", "a");
    time.advance(Duration.ofSeconds(2));

    assertThat(cloudWatch.asked()).hasSize(1);
    assertThat(sample("a").watchedSince()).isEqualTo(START);
  }

  // -- what is told

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

  // -- failures

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

    assertThat(sample("a")).isEqualTo(before);
    assertThat(woken).isEmpty();
    assertThat(cloudWatch.asked()).hasSize(7);
  }

  @Test
  void samplesThatGrowTooOldWakeOnceAndAgainWhenFresh() {
    cloudWatch.alarm("a", "OK", at(-1));
    watch("dev", "a");
    time.runDue();
    woken.clear();
    cloudWatch.fails();

    time.advance(STALENESS);
    assertThat(woken("dev")).isZero();
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

  @Test
  void neitherAThrownErrorNorAFailingWatcherEndsThePolling() {
    cloudWatch.alarm("a", "OK", at(-1));
    watcher.watch(
        "broken",
        Set.of("a"),
        () -> {
          throw new IllegalStateException("on purpose");
        });
    watch("dev", "a");
    cloudWatch.throwsOnce(new IllegalStateException("on purpose"));
    time.runDue();
    cloudWatch.answers();
    time.advance(INTERVAL);

    assertThat(sample("a").state()).isEqualTo(State.OK);
    assertThat(woken("dev")).isEqualTo(1);
    time.advance(INTERVAL);
    assertThat(sample("a").sampledAt()).isEqualTo(at(10));
  }

  @Test
  void aWatcherThatIsClosedPollsNoMore() {
    watch("dev", "a");
    time.runDue();
    watcher.close();
    time.advance(Duration.ofMinutes(1));

    assertThat(cloudWatch.asked()).hasSize(1);
    assertThat(time.pending()).isZero();
  }

  // -- history

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
    assertThat(sample("a").firedAt()).isEqualTo(at(-40));
    assertThat(woken("dev")).isEqualTo(1);
  }

  @Test
  void anAlarmThatWasFiringAtTheMomentItselfCounts() {
    cloudWatch.changed("a", at(-100), "OK", "ALARM");
    cloudWatch.changed("a", at(-40), "ALARM", "OK");
    watched("OK", at(-40));

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").firedAt()).isEqualTo(at(-40));
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
    assertThat(sample("a").firedAt()).isNull();
    assertThat(woken("dev")).isZero();
  }

  @Test
  void anAlarmThatFiresNowFiredNow() {
    cloudWatch.changed("a", at(-10), "OK", "ALARM");
    watched("ALARM", at(-10));
    time.set(at(2));

    watcher.lookUpHistory("a", at(-60));

    assertThat(sample("a").firedAt()).isEqualTo(at(2));
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
    assertThat(sample("a").firedAt()).isEqualTo(at(-30));

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
}
