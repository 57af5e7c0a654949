package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.engine.port.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class RateGateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final ManualTime time = new ManualTime();

  private final List<String> admitted = new CopyOnWriteArrayList<>();

  private final Map<String, CompletableFuture<Boolean>> outcomes = new ConcurrentHashMap<>();

  private void arrive(RateGate gate, Urgency urgency, String name) {
    int before = gate.waiting();
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    outcomes.put(name, outcome);
    Thread.startVirtualThread(
        () -> {
          try {
            boolean in = gate.enter(urgency);
            if (in) {
              admitted.add(name);
            }
            outcome.complete(in);
          } catch (InterruptedException e) {
            outcome.completeExceptionally(e);
          }
        });
    soon().until(() -> gate.waiting() == before + 1);
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(2));
  }

  private void admits(String... names) {
    soon().untilAsserted(() -> assertThat(admitted).containsExactly(names));
  }

  @Test
  void aFullBucketLetsHalfASecondsWorthThroughAtOnce() throws InterruptedException {
    RateGate gate = new RateGate(time, 10, PATIENCE);
    for (int i = 0; i < 5; i++) {
      assertThat(gate.enter(Urgency.DEPLOY)).isTrue();
    }

    arrive(gate, Urgency.DEPLOY, "sixth");

    assertThat(gate.waiting()).isEqualTo(1);
    time.advance(Duration.ofMillis(99));
    assertThat(gate.waiting()).isEqualTo(1);
    time.advance(Duration.ofMillis(1));
    admits("sixth");
  }

  @Test
  void theMoreUrgentGoesFirstWhateverTheOrderOfArrival() throws InterruptedException {
    RateGate gate = new RateGate(time, 2, PATIENCE);
    gate.enter(Urgency.DEPLOY);
    arrive(gate, Urgency.DRIFT_CHECK, "drift check");
    arrive(gate, Urgency.DEPLOY, "deploy");
    arrive(gate, Urgency.SHIFT, "shift");
    arrive(gate, Urgency.ROLLBACK, "rollback");

    time.advance(Duration.ofMillis(500));
    admits("rollback");
    time.advance(Duration.ofMillis(500));
    admits("rollback", "shift");
    time.advance(Duration.ofMillis(500));
    admits("rollback", "shift", "deploy");
    time.advance(Duration.ofMillis(500));
    admits("rollback", "shift", "deploy", "drift check");
  }

  @Test
  void theEquallyUrgentGoInOrderOfArrival() throws InterruptedException {
    RateGate gate = new RateGate(time, 2, PATIENCE);
    gate.enter(Urgency.SHIFT);
    arrive(gate, Urgency.SHIFT, "first");
    arrive(gate, Urgency.SHIFT, "second");

    time.advance(Duration.ofMillis(500));
    admits("first");
  }

  @Test
  void nobodyOvertakesThoseWhoWait() throws InterruptedException {
    RateGate gate = new RateGate(time, 2, PATIENCE);
    gate.enter(Urgency.DEPLOY);
    arrive(gate, Urgency.DEPLOY, "first");
    // A token is there, and the one who waits has not yet been told.
    time.passSilently(Duration.ofMillis(500));

    arrive(gate, Urgency.DEPLOY, "second");
    time.runDue();

    admits("first");
  }

  @Test
  void whoWaitedTooLongGivesUpButForARollback() throws Exception {
    RateGate gate = new RateGate(time, 0.05, PATIENCE);
    gate.enter(Urgency.DEPLOY);
    arrive(gate, Urgency.DEPLOY, "deploy");
    arrive(gate, Urgency.ROLLBACK, "rollback");

    time.advance(PATIENCE);
    assertThat(outcomes.get("deploy")).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    soon().until(() -> gate.waiting() == 1);
    time.advance(Duration.ofSeconds(10));
    assertThat(outcomes.get("rollback")).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
  }

  @Test
  void aThreadThatIsInterruptedLeavesTheQueue() throws Exception {
    RateGate gate = new RateGate(time, 2, PATIENCE);
    gate.enter(Urgency.DEPLOY);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting = executor.submit(() -> gate.enter(Urgency.SHIFT));
      soon().until(() -> gate.waiting() == 1);

      waiting.cancel(true);

      soon().until(() -> gate.waiting() == 0);
    }
  }

  @Test
  void noMoreThanTheRatePassesInTheLongRun() throws InterruptedException {
    RateGate gate = new RateGate(time, 10, PATIENCE);
    for (int i = 0; i < 5; i++) {
      gate.enter(Urgency.DEPLOY);
    }
    for (int i = 0; i < 30; i++) {
      arrive(gate, Urgency.DEPLOY, "call " + i);
    }

    time.advance(Duration.ofSeconds(2));

    soon().until(() -> admitted.size() == 20);
    assertThat(gate.waiting()).isEqualTo(10);
  }

  @Test
  void aClockThatGoesBackStopsNobody() throws InterruptedException {
    RateGate gate = new RateGate(time, 2, PATIENCE);
    gate.enter(Urgency.DEPLOY);

    time.set(ManualTime.START.minusSeconds(3600));
    arrive(gate, Urgency.DEPLOY, "after the clock went back");
    time.advance(Duration.ofMillis(500));

    admits("after the clock went back");
  }
}
