package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.DurationText;
import org.jspecify.annotations.Nullable;

/** How alarms are read. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlarmPolicy(
    @JsonPropertyDescription(
            "An alarm in ALARM before traffic moves. Block (when absent): wait until OK, or until"
                + " Promote. Ignore: it counts once it has been seen OK.")
        @Nullable AlreadyFiring alreadyFiring,
    @JsonPropertyDescription(
            "Alarm data older than maxStaleness. Hold (when absent): no step forward. Ignore:"
                + " counts as healthy. Rollback: traffic to stable.")
        @Nullable OnPollFailure onPollFailure,
    @JsonPropertyDescription("How old alarm data may be, at least 15s; absent: 60s.") @DurationText
        @Nullable String maxStaleness) {

  /** What an alarm in ALARM at the start does. */
  public enum AlreadyFiring {
    BLOCK("Block"),
    IGNORE("Ignore");

    private final String text;

    AlreadyFiring(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** What stale alarm data does. */
  public enum OnPollFailure {
    HOLD("Hold"),
    IGNORE("Ignore"),
    ROLLBACK("Rollback");

    private final String text;

    OnPollFailure(String text) {
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
