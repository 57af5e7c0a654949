package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.DurationText;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** People who must agree before traffic moves in a stage. */
public record Approval(
    @JsonPropertyDescription("Whether anybody must agree.") @Default("true") Boolean required,
    @JsonPropertyDescription("How many different people.") @Default("1") @Min(1) @Max(20)
        Integer minApprovals,
    @JsonPropertyDescription("How long to wait once every other gate is open; absent: for ever.")
        @DurationText
        @Nullable String timeout,
    @JsonPropertyDescription("Reject: a release that nobody approved in time is rejected.")
        @Default("Reject")
        OnTimeout onTimeout) {

  /** Applies the schema's defaults. */
  public Approval {
    required = Objects.requireNonNullElse(required, true);
    minApprovals = Objects.requireNonNullElse(minApprovals, 1);
    onTimeout = Objects.requireNonNullElse(onTimeout, OnTimeout.REJECT);
  }

  /** What happens to a release that nobody approved in time. */
  public enum OnTimeout {
    REJECT("Reject");

    private final String text;

    OnTimeout(String text) {
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
