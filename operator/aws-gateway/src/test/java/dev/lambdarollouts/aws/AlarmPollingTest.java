package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AlarmSample.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When CloudWatch is asked, and for what. */
class AlarmPollingTest extends WatchingAlarms {
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
        .isEqualTo(
            new AlarmSample("errors", State.OK, at(10), at(-100), START, null, null, at(10), null));
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

  @Test
  void aClockThatIsSetBackStopsNoPoll() {
    cloudWatch.alarm("errors", "OK", at(-100));
    watch("prod", "errors");
    time.runDue();
    time.set(at(-3_600));
    cloudWatch.alarm("errors", "ALARM", at(0));
    // The rate gate lets the poll wait for a token: its thread is another one's.
    Thread.ofVirtual().start(() -> time.advance(Duration.ofSeconds(5)));
    await()
        .until(
            () -> {
              time.advance(Duration.ofMillis(100));
              return sample("errors").state() == State.ALARM;
            });

    assertThat(sample("errors").sampledAt()).isBetween(at(-3_600), at(-3_500));
  }

  @Test
  void anAnswerIsAsOldAsItsQuestion() {
    cloudWatch.alarm("errors", "OK", at(-100));
    cloudWatch.during(() -> time.advance(Duration.ofSeconds(90)));
    watch("prod", "errors");
    time.runDue();

    assertThat(sample("errors").sampledAt()).isEqualTo(START);
  }
}
