package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Something measured again and again, from exactly one provider. */
@ValidationRule(
    value =
        "[has(self.lambda), has(self.cloudWatch), has(self.prometheus)].filter(x, x).size() == 1",
    message = "a metric comes from exactly one of lambda, cloudWatch and prometheus")
@ValidationRule(
    value = "has(self.comparison) != (has(self.successCondition) || has(self.failureCondition))",
    message =
        "a metric is judged by comparison, or by successCondition and failureCondition (one of"
            + " them, or both): give one way")
@ValidationRule(
    value =
        "!has(self.comparison) || (has(self.lambda) && self.lambda.metric in ['Errors',"
            + " 'ErrorRate', 'Throttles'])",
    message =
        "comparison needs the counts of both versions: use lambda with metric Errors, ErrorRate or"
            + " Throttles, or give conditions",
    fieldPath = ".comparison")
public record Metric(
    @JsonPropertyDescription("Name, unique in the strategy; steps refer to it.")
        @Required
        @Size(min = 1, max = Formats.ITEM_NAME_LENGTH)
        @Pattern(Formats.ITEM_NAME)
        String name,
    @JsonPropertyDescription("Time between two measurements; absent: 1m.") @DurationText
        @Nullable String interval,
    @JsonPropertyDescription("Time before the first measurement; absent: one interval.")
        @DurationText(zero = true)
        @Nullable String initialDelay,
    @JsonPropertyDescription(
            "How often it is measured; 0, or absent: for as long as the rollout runs.")
        @Min(0)
        @Max(100000)
        @Nullable Integer count,
    @JsonPropertyDescription(
            "Fewer candidate invocations in the window make a measurement Inconclusive.")
        @Min(0)
        @Max(1000000000)
        @Nullable Long minimumInvocations,
    @JsonPropertyDescription("Lambda's own metrics of the candidate and of stable.")
        @Nullable LambdaMetric lambda,
    @JsonPropertyDescription("Queries to CloudWatch.") @Nullable CloudWatchMetric cloudWatch,
    @JsonPropertyDescription("A query to Prometheus.") @Nullable PrometheusMetric prometheus,
    @JsonPropertyDescription(
            "CEL over canary, stable and result, like canary <= 0.01 || canary <= 1.2 * stable;"
                + " true makes a measurement Successful.")
        @Size(min = 1, max = 1024)
        @Nullable String successCondition,
    @JsonPropertyDescription(
            "CEL over canary, stable and result: true makes a measurement Failed. Neither true:"
                + " Inconclusive.")
        @Size(min = 1, max = 1024)
        @Nullable String failureCondition,
    @JsonPropertyDescription(
            "Instead of conditions: a sequential test of the candidate's rate against stable's,"
                + " valid at any time of looking.")
        @Nullable Comparison comparison,
    @JsonPropertyDescription("More Failed measurements than that roll back; absent: 0.")
        @Min(0)
        @Max(1000)
        @Nullable Integer failureLimit,
    @JsonPropertyDescription("More Inconclusive measurements than that pause; absent: 3.")
        @Min(0)
        @Max(1000)
        @Nullable Integer inconclusiveLimit,
    @JsonPropertyDescription(
            "More errors of the provider in a row than that hold the rollout; absent: 4.")
        @Min(0)
        @Max(1000)
        @Nullable Integer consecutiveErrorLimit,
    @JsonPropertyDescription("Measured and shown, but changes nothing.") @Nullable Boolean dryRun) {

  /** A sequential test. */
  @ValidationRule(
      value = "double(self.falseAlarmRate) > 0.0 && double(self.falseAlarmRate) < 1.0",
      message = "must be between 0 and 1, such as 0.01 for one false alarm in a hundred rollouts",
      fieldPath = ".falseAlarmRate")
  public record Comparison(
      @JsonPropertyDescription(
              "How often a candidate that is no worse may be failed, over a whole rollout: 0.01 is"
                  + " one in a hundred.")
          @Required
          @Min(0)
          @Max(1)
          BigDecimal falseAlarmRate,
      @JsonPropertyDescription(
              "How many times stable's rate is tolerated: 1.2 fails once it is sure that the"
                  + " candidate's is over 1.2 times stable's; absent: 1.")
          @Min(1)
          @Max(1000)
          @Nullable BigDecimal tolerance) {}
}
