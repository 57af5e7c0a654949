package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public record HistoryEntry(
    @JsonPropertyDescription("The release that was tried.") @Required @Size(min = 1) String release,
    @JsonPropertyDescription("The user's name for it.") @Nullable String releaseName,
    @JsonPropertyDescription("Its version; absent when none was published.")
        @Nullable String version,
    @JsonPropertyDescription("When the attempt started.") @Nullable Instant startedAt,
    @JsonPropertyDescription("When it ended.") @Required Instant finishedAt,
    @JsonPropertyDescription(
            "How it ended. FastPromoted and FastRolledBack skipped the steps, by a person or inside"
                + " the rollback window.")
        @Required
        Outcome outcome,
    @JsonPropertyDescription("Why, in a sentence.") @Nullable String cause,
    @JsonPropertyDescription("The person who ended it, where one did.") @Nullable String by) {

  /** How an attempt ends. */
  public enum Outcome {
    ABORTED("Aborted"),
    FAILED("Failed"),
    FAST_PROMOTED("FastPromoted"),
    FAST_ROLLED_BACK("FastRolledBack"),
    PROMOTED("Promoted"),
    REJECTED("Rejected"),
    ROLLED_BACK("RolledBack"),
    SUPERSEDED("Superseded");

    private final String text;

    Outcome(String text) {
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
