package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Required;

/** X-Ray tracing. */
public record TracingConfig(
    @JsonPropertyDescription(
            "Active: sample and trace. PassThrough: trace only what came in traced.")
        @Required
        Mode mode) {

  /** Who decides what is traced. */
  public enum Mode {
    ACTIVE("Active"),
    PASS_THROUGH("PassThrough");

    private final String text;

    Mode(String text) {
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
