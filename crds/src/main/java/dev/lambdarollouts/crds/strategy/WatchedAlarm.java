package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A CloudWatch alarm, metric or composite, that takes traffic back when it fires. */
public record WatchedAlarm(
    @JsonPropertyDescription(
            "Name of the alarm in the stage's account and region; {functionName}, {stage}, {alias},"
                + " {rollout} and {namespace} may stand in it.")
        @Required
        @Size(min = 1, max = 255)
        String name,
    @JsonPropertyDescription(
            "What INSUFFICIENT_DATA is. Ignore (when absent): healthy. Hold: no step forward. Fail:"
                + " as ALARM.")
        @Nullable OnInsufficientData onInsufficientData) {

  /** What INSUFFICIENT_DATA is. */
  public enum OnInsufficientData {
    FAIL("Fail"),
    HOLD("Hold"),
    IGNORE("Ignore");

    private final String text;

    OnInsufficientData(String text) {
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
