package dev.lambdarollouts.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.rollout.HistoryEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryToldTest {
  private static HistoryEntry entry(
      HistoryEntry.Outcome outcome, @Nullable String cause, @Nullable String by) {
    Instant at = Instant.parse("2026-11-25T11:08:06Z");
    return new HistoryEntry("1-21d8daff4a", "1.0.0", "1", at, at, outcome, cause, by);
  }

  @Test
  void whoApprovedIsToldAndNotOnlyWhoEndedIt() {
    assertThat(
            HistoryTold.of(
                "prod",
                entry(
                    HistoryEntry.Outcome.ABORTED,
                    "aborted by bob; before that: approved by alice: 1 of 2",
                    "bob")))
        .isEqualTo(
            """
               prod, 1.0.0 as version 1: Aborted by bob
                  aborted by bob; before that: approved by alice: 1 of 2\
            """);
  }

  @Test
  void whereNobodyDidAnythingOneLineIsEnough() {
    assertThat(HistoryTold.of("prod", entry(HistoryEntry.Outcome.PROMOTED, null, null)))
        .isEqualTo("   prod, 1.0.0 as version 1: Promoted");
  }
}
