package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A time in which traffic may, or must not, move in a stage. */
public record PromotionWindow(
    @JsonPropertyDescription("Name for people, unique in the stage.")
        @Required
        @Size(min = 1, max = Formats.ITEM_NAME_LENGTH)
        @Pattern(Formats.ITEM_NAME)
        String name,
    @JsonPropertyDescription(
            "Allow: traffic moves only inside such windows. Deny: not inside; wins over Allow.")
        @Required
        Kind kind,
    @JsonPropertyDescription("When it opens: a cron expression of five fields, like 0 9 * * 1-5.")
        @Required
        @Size(min = 9, max = 128)
        @ValidationRule(
            value = "self.matches('" + PromotionWindow.CRON + "')",
            message =
                "must be a cron expression of five fields (minute hour day-of-month month"
                    + " day-of-week), such as 0 9 * * 1-5")
        String schedule,
    @JsonPropertyDescription("For how long it is open.") @Required @DurationText String duration,
    @JsonPropertyDescription("Time zone of the schedule, like Europe/Berlin; absent: UTC.")
        @Size(min = 1, max = 64)
        @ValidationRule(
            value = "self != 'Local' && timestamp('2026-01-01T00:00:00Z').getHours(self) >= 0",
            message = "must be a time zone of the IANA database, such as Europe/Berlin or UTC")
        @Nullable String timeZone) {

  private static final String MINUTE = "[0-5]?[0-9]";
  private static final String HOUR = "(2[0-3]|[01]?[0-9])";
  private static final String DAY = "(3[01]|[12][0-9]|0?[1-9])";
  private static final String MONTH =
      "(1[0-2]|0?[1-9]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))";
  private static final String WEEKDAY = "([0-7]|(?i:sun|mon|tue|wed|thu|fri|sat))";
  private static final String STEP = "(/[1-9][0-9]?)?";

  private static final String MINUTES = "([*]|" + MINUTE + "(-" + MINUTE + ")?)" + STEP;
  private static final String HOURS = "([*]|" + HOUR + "(-" + HOUR + ")?)" + STEP;
  private static final String DAYS = "([*]|" + DAY + "(-" + DAY + ")?)" + STEP;
  private static final String MONTHS = "([*]|" + MONTH + "(-" + MONTH + ")?)" + STEP;
  private static final String WEEKDAYS = "([*]|" + WEEKDAY + "(-" + WEEKDAY + ")?)" + STEP;

  /** Five fields, each a list of values, ranges and steps. */
  static final String CRON =
      "^"
          + (MINUTES + "(," + MINUTES + ")*[ ]+")
          + (HOURS + "(," + HOURS + ")*[ ]+")
          + (DAYS + "(," + DAYS + ")*[ ]+")
          + (MONTHS + "(," + MONTHS + ")*[ ]+")
          + (WEEKDAYS + "(," + WEEKDAYS + ")*$");

  /** What a window does. */
  public enum Kind {
    ALLOW("Allow"),
    DENY("Deny");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }
}
