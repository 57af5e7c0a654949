package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.stage.LambdaStageSpec.OnWindowClose;
import dev.lambdarollouts.crds.stage.PromotionWindow;
import dev.lambdarollouts.crds.stage.PromotionWindow.Kind;
import dev.lambdarollouts.engine.fact.Gates;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionCalendarTest {
  private static PromotionWindow window(Kind kind, String schedule, String duration, String zone) {
    return new PromotionWindow("w", kind, schedule, duration, zone);
  }

  private static Gates.Window at(String moment, PromotionWindow... windows) {
    return new PromotionCalendar().at(List.of(windows), OnWindowClose.HOLD, Instant.parse(moment));
  }

  @ParameterizedTest
  @CsvSource({
    // Winter and summer in Berlin, opening at 9 on a working day.
    "0 9 * * 1-5, 8h, 2026-01-05T07:59:59Z, false, 2026-01-05T08:00:00Z",
    "0 9 * * 1-5, 8h, 2026-01-05T08:00:00Z, true,  2026-01-05T16:00:00Z",
    "0 9 * * 1-5, 8h, 2026-07-03T15:00:00Z, false, 2026-07-06T07:00:00Z",
    // 02:30 is left out on 29 March: an hour later on the clock, the same moment.
    "30 2 * * *,  1h, 2026-03-29T01:15:00Z, false, 2026-03-29T01:30:00Z",
    // 02:30 comes twice on 25 October: only the first opens.
    "30 2 * * *,  30m, 2026-10-25T00:30:00Z, true, 2026-10-25T01:00:00Z",
    "30 2 * * *,  30m, 2026-10-25T01:30:00Z, false, 2026-10-26T01:30:00Z",
    // Every hour is every hour, in that night too.
    "0 * * * *,   30m, 2026-10-25T01:00:00Z, true, 2026-10-25T01:30:00Z",
    // Longer than its interval: never closes between.
    "0 9 * * 1-5, 30h, 2026-01-07T12:00:00Z, true, 2026-01-10T14:00:00Z",
    // By month and day names; day of month or day of week, as cron has it.
    "0 0 1 JAN *, 24h, 2026-01-01T12:00:00Z, true, 2026-01-01T23:00:00Z",
    "0 0 13 * 5,  24h, 2026-01-09T12:00:00Z, true, 2026-01-09T23:00:00Z",
    "0 0 * * 7,   24h, 2026-01-04T12:00:00Z, true, 2026-01-04T23:00:00Z",
  })
  void aWindowOpensByTheClockOfItsZoneAndStaysForTimeThatPasses(
      String schedule, String duration, String moment, boolean open, String nextChange) {
    Gates.Window window = at(moment, window(Kind.ALLOW, schedule, duration, "Europe/Berlin"));

    assertThat(window.open()).isEqualTo(open);
    assertThat(window.nextChange()).isEqualTo(Instant.parse(nextChange));
  }

  @Test
  void denyWinsOverAllow() {
    Gates.Window window =
        at(
            "2026-12-21T10:00:00Z",
            window(Kind.ALLOW, "0 9 * * 1-5", "8h", null),
            window(Kind.DENY, "0 0 20 12 *", "336h", null));

    assertThat(window.open()).isFalse();
    assertThat(window.why()).isEqualTo("Deny w");
    assertThat(window.nextChange()).isEqualTo(Instant.parse("2027-01-04T09:00:00Z"));
  }

  @Test
  void withoutWindowsAStageIsAlwaysOpen() {
    assertThat(at("2026-12-21T10:00:00Z")).isEqualTo(Gates.Window.ALWAYS);
  }

  @Test
  void onlyDenyWindowsLeaveTheRestOpen() {
    Gates.Window window =
        at("2026-12-19T10:00:00Z", window(Kind.DENY, "0 0 20 12 *", "336h", null));

    assertThat(window.open()).isTrue();
    assertThat(window.nextChange()).isEqualTo(Instant.parse("2026-12-20T00:00:00Z"));
  }

  @Test
  void openingsThatRunIntoEachOtherForEverNeverChange() {
    Gates.Window window = at("2026-12-19T10:00:00Z", window(Kind.ALLOW, "* * * * *", "5m", "UTC"));

    assertThat(window.open()).isTrue();
    assertThat(window.nextChange()).isNull();
  }

  /** Without an end to the Deny, and with years of the Allow to look through. */
  @Test
  @Timeout(60)
  void windowsThatTogetherNeverOpenAreReadInNoTime() {
    Gates.Window window =
        at(
            "2026-12-19T10:00:00Z",
            window(Kind.ALLOW, "0 12 * * *", "1h", null),
            window(Kind.DENY, "0 0 * * *", "24h", null));

    assertThat(window.open()).isFalse();
    assertThat(window.nextChange()).isNull();
  }
}
