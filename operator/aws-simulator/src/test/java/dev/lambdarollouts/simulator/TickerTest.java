package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A time that passes by itself goes on whatever happens in it. */
class TickerTest {

  @Test
  void itGoesOnAfterAnErrorOfWhatWasDue() throws InterruptedException {
    Timeline timeline = new Timeline(InstantSource.system());
    CountDownLatch later = new CountDownLatch(1);
    timeline.schedule(
        Instant.EPOCH,
        at -> {
          throw new StackOverflowError("planted");
        });
    timeline.schedule(Instant.EPOCH, at -> later.countDown());
    try (Ticker ticker = new Ticker(timeline, Duration.ofMillis(1))) {
      ticker.start();
      assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
