package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;

/** Starts from a snapshot of the initialised function. */
public record SnapStart(
    @JsonPropertyDescription("PublishedVersions: each version gets a snapshot. None: no snapshots.")
        @Required
        ApplyOn applyOn) {

  /** What gets a snapshot. */
  public enum ApplyOn {
    PUBLISHED_VERSIONS("PublishedVersions"),
    NONE("None");

    private final String text;

    ApplyOn(String text) {
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
