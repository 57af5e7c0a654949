package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A metric, as last measured. */
public record AnalysisStatus(
    @JsonPropertyDescription("Name of the metric.") @Required @Size(min = 1) String name,
    @JsonPropertyDescription("How the measurements stand.") @Required Phase phase,
    @JsonPropertyDescription("The last value.") @Nullable String value,
    @JsonPropertyDescription("How many measurements were made.") @Min(0)
        @Nullable Integer measurements) {

  /** How measurements stand. */
  public enum Phase {
    ERROR("Error"),
    FAILED("Failed"),
    INCONCLUSIVE("Inconclusive"),
    PENDING("Pending"),
    RUNNING("Running"),
    SUCCESSFUL("Successful");

    private final String text;

    Phase(String text) {
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
