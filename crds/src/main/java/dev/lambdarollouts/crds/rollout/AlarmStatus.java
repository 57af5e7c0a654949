package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A watched alarm, as last seen. */
public record AlarmStatus(
    @JsonPropertyDescription("Name of the alarm.") @Required @Size(min = 1) String name,
    @JsonPropertyDescription("CloudWatch's state; Unknown: it does not exist, or data is stale.")
        @Required
        State state,
    @JsonPropertyDescription("Since when.") @Nullable Instant since,
    @JsonPropertyDescription("Does not count until it has once been seen OK.") @Required
        Boolean excused) {

  /** The states of an alarm. */
  public enum State {
    ALARM("ALARM"),
    INSUFFICIENT_DATA("INSUFFICIENT_DATA"),
    OK("OK"),
    UNKNOWN("Unknown");

    private final String text;

    State(String text) {
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
