package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Something of the user's own that runs at one point of a rollout, in exactly one way. */
@ValidationRule(
    value =
        "[has(self.lambda), has(self.job), has(self.http), has(self.invoke)].filter(x, x).size() =="
            + " 1",
    message = "a hook is exactly one of lambda, job, http and invoke")
public record Hook(
    @JsonPropertyDescription("Name, unique in the strategy; steps refer to it.")
        @Required
        @Size(min = 1, max = Formats.ITEM_NAME_LENGTH)
        @Pattern(Formats.ITEM_NAME)
        String name,
    @JsonPropertyDescription(
            "When it runs. PreTraffic: before any traffic moves. Step: where a canary step names"
                + " it. PostTraffic: at 100 %. OnRollback: after the alias is back. OnSuccess:"
                + " after the bake.")
        @Required
        Phase phase,
    @JsonPropertyDescription(
            "Invokes a Lambda function and waits; fails on FunctionError or a payload of"
                + " {\"status\": \"Failed\"}.")
        @Nullable LambdaHook lambda,
    @JsonPropertyDescription("Runs a Job; what it is told stands in its environment.")
        @Nullable JobHook job,
    @JsonPropertyDescription("Sends a POST; succeeds on 2xx.") @Nullable HttpHook http,
    @JsonPropertyDescription("Invokes the candidate itself, by its version.")
        @Nullable InvokeHook invoke,
    @JsonPropertyDescription("Longest run of one try; absent: 5m.") @DurationText
        @Nullable String timeout,
    @JsonPropertyDescription("How often a failed one is tried again; absent: 0.") @Min(0) @Max(10)
        @Nullable Integer retries,
    @JsonPropertyDescription(
            "What the last failure does. Rollback (when absent): traffic to stable. Pause: waits"
                + " for a person. Ignore: goes on. After a rollback or a success it changes"
                + " nothing.")
        @Nullable OnFailure onFailure) {

  /** When a hook runs. */
  public enum Phase {
    ON_ROLLBACK("OnRollback"),
    ON_SUCCESS("OnSuccess"),
    POST_TRAFFIC("PostTraffic"),
    PRE_TRAFFIC("PreTraffic"),
    STEP("Step");

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

  /** What the last failure of a hook does. */
  public enum OnFailure {
    IGNORE("Ignore"),
    PAUSE("Pause"),
    ROLLBACK("Rollback");

    private final String text;

    OnFailure(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** Invokes a Lambda function. */
  public record LambdaHook(
      @JsonPropertyDescription(
              "Name or ARN of the function, in the stage's account and region; placeholders"
                  + " allowed.")
          @Required
          @Size(min = 1, max = 256)
          @Pattern("^[^\\s]+$")
          String functionName) {}

  /** Runs a Job. */
  public record JobHook(
      @JsonPropertyDescription("Metadata and spec of a batch/v1 Job, made in this namespace.")
          @Required
          ObjectNode template) {}

  /** Sends a request. */
  public record HttpHook(
      @JsonPropertyDescription(
              "Where to; redirects are not followed, and loopback, link-local and metadata"
                  + " addresses are refused unless the installation allows them.")
          @Required
          @Size(max = 2048)
          @Pattern("^https?://[^\\s]+$")
          String url,
      @JsonPropertyDescription("A Secret whose keys and values are sent as headers.")
          @Nullable HeadersFrom headersFrom) {

    /** Where headers come from. */
    public record HeadersFrom(
        @JsonPropertyDescription(
                "The Secret; read only where the installation allows it for this namespace.")
            @Required
            ObjectRef secretRef) {}
  }

  /** Invokes the candidate itself. */
  public record InvokeHook(
      @JsonPropertyDescription("The event, any JSON; absent: {}.") @Nullable JsonNode payload,
      @JsonPropertyDescription(
              "CEL over response: true is success. Absent: no FunctionError is success.")
          @Size(min = 1, max = 1024)
          @Nullable String expect) {}
}
