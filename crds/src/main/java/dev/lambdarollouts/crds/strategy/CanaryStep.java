package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a canary: exactly one member is given. */
@ValidationRule(
    value =
        "[has(self.setWeight), has(self.pause), has(self.analysis), has(self.hook)].filter(x,"
            + " x).size() == 1",
    message = "a step is exactly one of setWeight, pause, analysis and hook: make more steps of it")
public record CanaryStep(
    @JsonPropertyDescription(
            "Gives the candidate this share of the alias' traffic: a percentage 0 to 100, or a text"
                + " like \"0.5%\" with at most two decimals. Each greater than the one before.")
        @Nullable StepWeight setWeight,
    @JsonPropertyDescription(
            "Waits: for a time and the candidate's invocations, or ({}) until somebody promotes.")
        @Nullable PauseStep pause,
    @JsonPropertyDescription("A gate: the named metrics must be Successful to go on.")
        @Nullable AnalysisStep analysis,
    @JsonPropertyDescription("Runs one of the hooks below, of phase Step, to its end.")
        @Nullable HookStep hook) {

  /** Waits. */
  @ValidationRule(
      value = "!has(self.onTimeout) || has(self.timeout)",
      message = "onTimeout needs timeout: add it, or remove onTimeout")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PauseStep(
      @JsonPropertyDescription("For how long; absent: until somebody promotes.") @DurationText
          @Nullable String duration,
      @JsonPropertyDescription(
              "Goes on only once the candidate was invoked so often since the step began.")
          @Min(1)
          @Max(1000000000)
          @Nullable Long minimumInvocations,
      @JsonPropertyDescription("The longest wait for a person or for the invocations.")
          @DurationText
          @Nullable String timeout,
      @JsonPropertyDescription(
              "What the timeout does. Promote: go on. Abort (when absent): traffic to stable, and"
                  + " the release is rejected.")
          @Nullable OnTimeout onTimeout) {

    /** What the end of the wait does. */
    public enum OnTimeout {
      ABORT("Abort"),
      PROMOTE("Promote");

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

  /** A gate on metrics. */
  public record AnalysisStep(
      @JsonPropertyDescription("Names of metrics under analysis.metrics.")
          @Required
          @Size(min = 1, max = 16)
          List<@Size(min = 1, max = Formats.ITEM_NAME_LENGTH) String> metrics) {}

  /** Runs a hook. */
  public record HookStep(
      @JsonPropertyDescription("Name of a hook under hooks, of phase Step.")
          @Required
          @Size(min = 1, max = Formats.ITEM_NAME_LENGTH)
          @Pattern(Formats.ITEM_NAME)
          String name) {}
}
