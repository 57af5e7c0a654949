package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hook of this attempt. */
public record HookStatus(
    @JsonPropertyDescription("Name of the hook.") @Required @Size(min = 1) String name,
    @JsonPropertyDescription("How it stands.") @Required Phase phase,
    @JsonPropertyDescription("When its last try started.") @Nullable Instant startedAt,
    @JsonPropertyDescription("When it ended.") @Nullable Instant finishedAt,
    @JsonPropertyDescription("What it said.") @Nullable String message) {

  /** How a hook stands. */
  public enum Phase {
    FAILED("Failed"),
    PENDING("Pending"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded");

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
