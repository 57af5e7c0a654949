package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One of Lambda's own metrics, by executed version. */
@ValidationRule(
    value = "(self.metric == 'Duration') == has(self.statistic)",
    message = "metric: Duration needs statistic, such as p99, and no other metric takes one",
    fieldPath = ".metric")
public record LambdaMetric(
    @JsonPropertyDescription(
            "ErrorRate is errors per invocation, 0 to 1; Duration is in milliseconds; the others"
                + " are counts.")
        @Required
        Name metric,
    @JsonPropertyDescription("For Duration: Average, Maximum, Minimum, or a percentile like p99.")
        @Size(max = 16)
        @Pattern("^(Average|Maximum|Minimum|p100|p[0-9]{1,2}([.][0-9]{1,10})?)$")
        @Nullable String statistic) {

  /** The metrics. */
  public enum Name {
    DURATION("Duration"),
    ERROR_RATE("ErrorRate"),
    ERRORS("Errors"),
    INVOCATIONS("Invocations"),
    THROTTLES("Throttles");

    private final String text;

    Name(String text) {
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
