package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** When AWS updates the runtime under a function. */
@ValidationRule(
    value = "(self.updateRuntimeOn == 'Manual') == has(self.runtimeVersionArn)",
    message = "updateRuntimeOn: Manual needs runtimeVersionArn, and no other value goes with it")
public record RuntimeManagementConfig(
    @JsonPropertyDescription(
            "Auto: as AWS rolls it out. FunctionUpdate: with the next change. Manual: never.")
        @Required
        UpdateRuntimeOn updateRuntimeOn,
    @JsonPropertyDescription("The runtime version to stay on; with Manual only.")
        @Size(max = 2048)
        @Pattern(Formats.ARN)
        @Nullable String runtimeVersionArn) {

  /** What makes AWS update the runtime. */
  public enum UpdateRuntimeOn {
    AUTO("Auto"),
    FUNCTION_UPDATE("FunctionUpdate"),
    MANUAL("Manual");

    private final String text;

    UpdateRuntimeOn(String text) {
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
