package dev.lambdarollouts.app.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.port.TimeSource.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeSourceTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final ManualTimeSource time = new ManualTimeSource(NOON);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheOrderOfTheirMomentsAndEachAtItsOwn() {
    time.after(Duration.ofSeconds(2), () -> ran.add("second at " + time.instant()));
    time.after(Duration.ofSeconds(1), () -> ran.add("first at " + time.instant()));
    time.after(Duration.ofSeconds(9), () -> ran.add("too late"));

    time.advance(Duration.ofSeconds(5));

    assertThat(ran)
        .containsExactly("first at 2026-11-23T12:00:01Z", "second at 2026-11-23T12:00:02Z");
    assertThat(time.instant()).isEqualTo(NOON.plusSeconds(5));
    assertThat(time.nextTask()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void aTaskMayAskForAnotherThatComesDueInTheSameMove() {
    time.after(
        Duration.ofSeconds(1),
        () -> time.after(Duration.ofSeconds(1), () -> ran.add("at " + time.instant())));

    time.advance(Duration.ofSeconds(3));

    assertThat(ran).containsExactly("at 2026-11-23T12:00:02Z");
  }

  @Test
  void whatIsTakenBackDoesNotRun() {
    Timer timer = time.after(Duration.ofSeconds(1), () -> ran.add("ran"));
    timer.cancel();

    time.advance(Duration.ofSeconds(3));

    assertThat(ran).isEmpty();
  }

  @Test
  void aMomentThatIsPastRunsWithTheNextMoveAndTurnsNothingBack() {
    time.at(NOON.minusSeconds(60), () -> ran.add("at " + time.instant()));

    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("at 2026-11-23T12:00:00Z");
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatThrownBy(() -> time.advanceTo(NOON.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not go back");
  }
}
