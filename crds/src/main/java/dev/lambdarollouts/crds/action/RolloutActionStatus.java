package dev.lambdarollouts.crds.action;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an action. */
@JsonClassDescription("What became of it; written by the operator alone.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutActionStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Applied: it took effect, once. Refused: it did not, see message.")
        @Nullable Phase phase,
    @JsonPropertyDescription("What it did, or why it was refused.") @Nullable String message,
    @JsonPropertyDescription("When it took effect.") @Nullable Instant appliedAt,
    @JsonPropertyDescription("Ready: True once it was judged.") @ListMap(key = "type")
        List<Condition> conditions)
    implements Status {

  /** Absent conditions are none. */
  public RolloutActionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** What an action came to; absent: not judged yet. */
  public enum Phase {
    APPLIED("Applied"),
    REFUSED("Refused");

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
