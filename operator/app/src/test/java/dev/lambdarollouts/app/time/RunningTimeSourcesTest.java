package dev.lambdarollouts.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.port.TimeSource.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningTimeSourcesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void anHourPassesInAMomentAndNoTaskRunsBeforeItsOwn() throws Exception {
    try (AcceleratedTimeSource time = new AcceleratedTimeSource(NOON, 36_000)) {
      long started = System.nanoTime();
      CompletableFuture<Instant> ran = new CompletableFuture<>();
      time.after(Duration.ofHours(1), () -> ran.complete(time.instant()));

      assertThat(ran.get(20, TimeUnit.SECONDS)).isAfterOrEqualTo(NOON.plus(Duration.ofHours(1)));
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void tasksOfTheSystemsTimeRunAtTheirMomentAndNotWhenTakenBack() throws Exception {
    try (SystemTimeSource time = new SystemTimeSource()) {
      BlockingQueue<String> ran = new LinkedBlockingQueue<>();
      Instant moment = time.instant().plusMillis(20);
      Timer timer = time.at(moment, () -> ran.add("taken back"));
      timer.cancel();
      CompletableFuture<Instant> at = new CompletableFuture<>();
      time.at(moment, () -> at.complete(time.instant()));
      time.at(Instant.EPOCH, () -> ran.add("past"));

      assertThat(at.get(20, TimeUnit.SECONDS)).isAfterOrEqualTo(moment);
      assertThat(ran).containsExactly("past");
    }
  }

  @Test
  void aTaskThatFailsDoesNotStopTheNext() throws Exception {
    try (SystemTimeSource time = new SystemTimeSource()) {
      CompletableFuture<Boolean> next = new CompletableFuture<>();
      time.at(
          Instant.EPOCH,
          () -> {
            throw new IllegalStateException("thrown by a test");
          });
      time.at(Instant.EPOCH, () -> next.complete(true));

      assertThat(next.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClockThatIsSetBackMakesATaskWaitAndNotRunEarly() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    InstantSource clock = now::get;
    try (MomentTimer timer = new MomentTimer(clock, wait -> Duration.ofMillis(1))) {
      CompletableFuture<Instant> ran = new CompletableFuture<>();
      CompletableFuture<Boolean> waited = new CompletableFuture<>();
      timer.at(NOON.plusSeconds(1), () -> ran.complete(now.get()));
      timer.at(NOON, () -> waited.complete(true));
      waited.get(20, TimeUnit.SECONDS);
      assertThat(ran).isNotDone();

      now.set(NOON.plusSeconds(1));

      assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo(NOON.plusSeconds(1));
    }
  }

  @Test
  void aDelayPassesWhateverTheClockSays() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    try (SystemTimeSource time = new SystemTimeSource(now::get)) {
      CompletableFuture<Boolean> ran = new CompletableFuture<>();
      time.after(Duration.ofMillis(20), () -> ran.complete(true));
      now.set(NOON.minusSeconds(3_600));

      assertThat(ran.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void afterCloseNothingRunsAndNothingThrows() {
    SystemTimeSource time = new SystemTimeSource();
    time.close();

    time.after(Duration.ofSeconds(1), () -> {}).cancel();
  }
}
