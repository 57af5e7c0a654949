package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A CloudWatch alarm that the operator creates per stage: a preset, whose numbers may be changed,
 * or one in full. In AWS it is named {@code {functionName}-{alias}-{name or preset}}.
 */
@ValidationRule(
    value = "has(self.preset) != has(self.metric)",
    message = "give either preset, or metric with the rest of an alarm")
@ValidationRule(
    value =
        "!has(self.metric) || (has(self.name) && has(self.threshold) &&"
            + " has(self.comparisonOperator))",
    message = "an alarm on a metric needs name, threshold and comparisonOperator: add them")
@ValidationRule(
    value = "!has(self.metric) || has(self.statistic) != has(self.extendedStatistic)",
    message = "an alarm on a metric needs exactly one of statistic and extendedStatistic")
@ValidationRule(
    value = "!has(self.preset) || !(has(self.statistic) || has(self.extendedStatistic))",
    message = "a preset brings its statistic: remove it, or give metric instead of preset")
@ValidationRule(
    value =
        "!has(self.datapointsToAlarm) || (has(self.evaluationPeriods) && self.datapointsToAlarm <="
            + " self.evaluationPeriods)",
    message = "datapointsToAlarm is at most evaluationPeriods, which must be given beside it")
public record AlarmDefinition(
    @JsonPropertyDescription(
            "An alarm with usual numbers: functionErrors, functionThrottles, functionDuration,"
                + " functionInvocations (names of serverless-plugin-aws-alerts).")
        @Nullable Preset preset,
    @JsonPropertyDescription("Last part of the alarm's name in AWS; a preset's is the preset.")
        @Size(min = 1, max = Formats.ITEM_NAME_LENGTH)
        @Pattern(Formats.ITEM_NAME)
        @Nullable String name,
    @JsonPropertyDescription("A metric of AWS/Lambda, like Errors or Duration.")
        @Size(min = 1, max = 255)
        @Nullable String metric,
    @JsonPropertyDescription("How the values of a period become one.")
        @Nullable Statistic statistic,
    @JsonPropertyDescription("A percentile like p99 or p99.9, instead of statistic.")
        @Size(max = 16)
        @Pattern("^p(100|[0-9]{1,2}(\\.[0-9]{1,10})?)$")
        @Nullable String extendedStatistic,
    @JsonPropertyDescription("The value that is compared with.") @Nullable BigDecimal threshold,
    @JsonPropertyDescription("Seconds of one period: 10, 20, 30 or a multiple of 60.")
        @Min(10)
        @Max(86400)
        @Nullable Integer period,
    @JsonPropertyDescription("How many periods are looked at.") @Min(1) @Max(1440)
        @Nullable Integer evaluationPeriods,
    @JsonPropertyDescription("How many of those periods must be over the threshold; absent: all.")
        @Min(1)
        @Max(1440)
        @Nullable Integer datapointsToAlarm,
    @JsonPropertyDescription("How value and threshold are compared.")
        @Nullable ComparisonOperator comparisonOperator,
    @JsonPropertyDescription("What a period without data counts as.")
        @Nullable TreatMissingData treatMissingData,
    @JsonPropertyDescription(
            "Canary: the candidate version behind the alias only; made for each attempt. Alias: all"
                + " traffic of the alias, the usual. Function: whatever invokes the function.")
        @Nullable Scope scope) {

  static final String NAMES_DIFFER =
      "!has(self.alarms) || [self.alarms.map(a, has(a.name) ? a.name : (has(a.preset) ? a.preset :"
          + " ''))].all(names, names.all(n, names.exists_one(m, m == n)))";

  /** Alarms with usual numbers. */
  public enum Preset {
    FUNCTION_ERRORS("functionErrors"),
    FUNCTION_THROTTLES("functionThrottles"),
    FUNCTION_DURATION("functionDuration"),
    FUNCTION_INVOCATIONS("functionInvocations");

    private final String text;

    Preset(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** CloudWatch's statistics. */
  public enum Statistic {
    AVERAGE("Average"),
    MAXIMUM("Maximum"),
    MINIMUM("Minimum"),
    SAMPLE_COUNT("SampleCount"),
    SUM("Sum");

    private final String text;

    Statistic(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** CloudWatch's comparisons that take a threshold. */
  public enum ComparisonOperator {
    GREATER_THAN_OR_EQUAL_TO_THRESHOLD("GreaterThanOrEqualToThreshold"),
    GREATER_THAN_THRESHOLD("GreaterThanThreshold"),
    LESS_THAN_OR_EQUAL_TO_THRESHOLD("LessThanOrEqualToThreshold"),
    LESS_THAN_THRESHOLD("LessThanThreshold");

    private final String text;

    ComparisonOperator(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** CloudWatch's ways with missing data. */
  public enum TreatMissingData {
    BREACHING("breaching"),
    IGNORE("ignore"),
    MISSING("missing"),
    NOT_BREACHING("notBreaching");

    private final String text;

    TreatMissingData(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** Whose invocations an alarm counts. */
  public enum Scope {
    ALIAS("Alias"),
    CANARY("Canary"),
    FUNCTION("Function");

    private final String text;

    Scope(String text) {
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
