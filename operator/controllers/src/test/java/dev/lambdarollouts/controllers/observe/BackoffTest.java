package dev.lambdarollouts.controllers.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Backoff backoff = new Backoff();

  @Test
  void aCallThatFailsWaitsLongerEachTimeUpToALimit() {
    backoff.failed("GetAlias", AT, LONGEST);
    assertThat(backoff.mayTry("GetAlias", AT)).isFalse();
    assertThat(backoff.mayTry("GetAlias", AT.plusSeconds(1))).isTrue();

    backoff.failed("GetAlias", AT, LONGEST);
    assertThat(backoff.mayTry("GetAlias", AT.plusSeconds(1))).isFalse();
    assertThat(backoff.mayTry("GetAlias", AT.plusSeconds(2))).isTrue();

    for (int times = 0; times < 10; times++) {
      backoff.failed("GetAlias", AT, LONGEST);
    }
    assertThat(backoff.mayTry("GetAlias", AT.plus(LONGEST))).isTrue();
  }

  @Test
  void oneCallThatFailsDelaysNoOther() {
    backoff.failed("UpdateFunctionCode", AT, LONGEST);

    assertThat(backoff.mayTry("RollBack", AT)).isTrue();
  }

  @Test
  void whatMayBeTriedAlreadyHidesNothingThatWaits() {
    backoff.failed("RollBack", AT.minusSeconds(10), LONGEST);
    backoff.failed("GetAlias", AT, LONGEST);

    assertThat(backoff.next(AT)).isEqualTo(AT.plusSeconds(1));
    backoff.worked("GetAlias");
    assertThat(backoff.next(AT)).isNull();
  }
}
