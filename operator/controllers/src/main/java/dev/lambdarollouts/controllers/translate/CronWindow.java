package dev.lambdarollouts.controllers.translate;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.lambdarollouts.crds.stage.PromotionWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One promotion window. Its schedule is read on the wall clock of its zone, its duration is time
 * that passes: a time that a clock change leaves out opens as much later as the clock jumped, one
 * that comes twice opens the first time (both times where the hour is {@code *}).
 */
final class CronWindow {
  /** Clock changes are shorter. */
  private static final Duration LONGEST_CLOCK_CHANGE = Duration.ofHours(3);

  /**
   * Openings that run into each other are followed for this many; a minute's schedule for a day.
   */
  private static final int MOST_OPENINGS = 1_440;

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Schedules of all stages; parsing one takes longer than all else that is read of a stage. */
  private static final int KEPT = 1_000;

  private static final Map<String, ExecutionTime> PARSED = new Lately<>(KEPT);

  private final PromotionWindow window;
  private final ExecutionTime schedule;
  private final Duration duration;
  private final ZoneId zone;
  private final boolean everyHour;

  private CronWindow(
      PromotionWindow window, ExecutionTime schedule, Duration duration, ZoneId zone) {
    this.window = window;
    this.schedule = schedule;
    this.duration = duration;
    this.zone = zone;
    this.everyHour = window.schedule().trim().split(" +", 3)[1].startsWith("*");
  }

  /** Why a window cannot be used. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;

    Unusable(String field, String message) {
      super(message);
      this.field = field;
    }

    /** Of the window. */
    String field() {
      return field;
    }

    String problem() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Whether it is open.
   *
   * @param until when that is worth another look: its end or next opening, or as far as openings
   *     that run into each other were followed; absent: never opens again
   * @param exact false where openings were followed no further
   */
  record Reading(boolean open, @Nullable Instant until, boolean exact) {}

  static CronWindow of(PromotionWindow window) throws Unusable {
    Duration duration = KubernetesDuration.parse(window.duration());
    if (duration == null || duration.isZero()) {
      throw new Unusable(
          "duration", "found " + window.duration() + ", which never opens: write it like 8h");
    }
    ZoneId zone;
    try {
      zone = window.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(window.timeZone());
    } catch (DateTimeException unknown) {
      throw new Unusable(
          "timeZone", "found " + window.timeZone() + "; write it like Europe/Berlin or UTC");
    }
    ExecutionTime schedule;
    try {
      schedule = parsed(window.schedule());
    } catch (IllegalArgumentException malformed) {
      throw new Unusable(
          "schedule",
          "found "
              + window.schedule()
              + "; write five fields (minute hour day-of-month month day-of-week), like 0 9 * *"
              + " 1-5");
    }
    // From a leap year's first day on, every date that there is comes within eight years.
    if (schedule
        .nextExecution(ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
        .isEmpty()) {
      throw new Unusable(
          "schedule",
          "found "
              + window.schedule()
              + ", which never opens: no month has such a day; correct day-of-month or month");
    }
    return new CronWindow(window, schedule, duration, zone);
  }

  private static ExecutionTime parsed(String schedule) {
    synchronized (PARSED) {
      return PARSED.computeIfAbsent(
          schedule, text -> ExecutionTime.forCron(PARSER.parse(text.toLowerCase(Locale.ROOT))));
    }
  }

  PromotionWindow.Kind kind() {
    return window.kind();
  }

  String name() {
    return window.name();
  }

  Reading at(Instant moment) {
    Instant last = lastOpening(moment);
    if (last == null || !moment.isBefore(last.plus(duration))) {
      return new Reading(false, nextOpening(moment), true);
    }
    Instant end = last.plus(duration);
    Instant opening = last;
    for (int count = 0; count < MOST_OPENINGS; count++) {
      Instant next = nextOpening(opening);
      if (next == null || next.isAfter(end)) {
        return new Reading(true, end, true);
      }
      opening = next;
      end = next.plus(duration);
    }
    return new Reading(true, opening, false);
  }

  /** The last one that is not after this moment. */
  private @Nullable Instant lastOpening(Instant moment) {
    // Schedules name no seconds: a second more finds an opening at this very moment.
    Duration slack = slack(moment, Duration.ofSeconds(1));
    ZonedDateTime from = wallClock(moment).plus(slack).atZone(ZoneOffset.UTC);
    Instant best = null;
    LocalDateTime enough = wallClock(moment).minus(slack);
    for (ZonedDateTime at = from; ; ) {
      at = schedule.lastExecution(at).orElse(null);
      if (at == null || (best != null && at.toLocalDateTime().isBefore(enough))) {
        return best;
      }
      for (Instant one : moments(at.toLocalDateTime())) {
        if (!one.isAfter(moment) && (best == null || one.isAfter(best))) {
          best = one;
        }
      }
    }
  }

  /** The next one that is after this moment. */
  private @Nullable Instant nextOpening(Instant moment) {
    Duration slack = slack(moment, Duration.ZERO);
    ZonedDateTime from = wallClock(moment).minus(slack).atZone(ZoneOffset.UTC);
    Instant best = null;
    LocalDateTime enough = wallClock(moment).plus(slack);
    for (ZonedDateTime at = from; ; ) {
      at = schedule.nextExecution(at).orElse(null);
      if (at == null || (best != null && at.toLocalDateTime().isAfter(enough))) {
        return best;
      }
      for (Instant one : moments(at.toLocalDateTime())) {
        if (one.isAfter(moment) && (best == null || one.isBefore(best))) {
          best = one;
        }
      }
    }
  }

  /** How far the clock's order may differ from time's around this moment. */
  private Duration slack(Instant moment, Duration atLeast) {
    ZoneOffsetTransition change =
        zone.getRules().nextTransition(moment.minus(LONGEST_CLOCK_CHANGE));
    boolean near =
        change != null && change.getInstant().isBefore(moment.plus(LONGEST_CLOCK_CHANGE));
    return near ? LONGEST_CLOCK_CHANGE : atLeast;
  }

  private LocalDateTime wallClock(Instant moment) {
    return LocalDateTime.ofInstant(moment, zone);
  }

  private Instant[] moments(LocalDateTime wallClock) {
    ZonedDateTime first = ZonedDateTime.ofLocal(wallClock, zone, null).withEarlierOffsetAtOverlap();
    ZonedDateTime second = first.withLaterOffsetAtOverlap();
    return everyHour && !second.equals(first)
        ? new Instant[] {first.toInstant(), second.toInstant()}
        : new Instant[] {first.toInstant()};
  }
}
