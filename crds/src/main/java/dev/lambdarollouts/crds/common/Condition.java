package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One condition, as kstatus, {@code kubectl wait}, Flux and Argo CD read it. */
public record Condition(
    @JsonPropertyDescription("What this is about: Ready, Reconciling, Stalled or Promoted.")
        @Required
        @Size(min = 1, max = 316)
        String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required Truth status,
    @JsonPropertyDescription(
            "The metadata.generation that this was judged on; older than metadata.generation: not"
                + " judged again yet.")
        @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When status last changed from one of its values to another.")
        @Required
        Instant lastTransitionTime,
    @JsonPropertyDescription("Why, in one CamelCase word for programs.")
        @Required
        @Size(min = 1, max = 1024)
        String reason,
    @JsonPropertyDescription("Why, in a sentence for people.") @Required @Size(max = 32768)
        String message) {

  /** The three values of a condition. */
  public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Truth(String text) {
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
