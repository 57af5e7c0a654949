package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user says of a stage. */
@JsonClassDescription("Where the stage is and what guards it.")
@ValidationRule(
    value = "self.region == oldSelf.region",
    message = "a stage stays in its region: make another LambdaStage",
    fieldPath = ".region")
@ValidationRule(
    value =
        "has(self.accountId) == has(oldSelf.accountId) && (!has(self.accountId) || self.accountId"
            + " == oldSelf.accountId)",
    message = "a stage stays in its account: make another LambdaStage",
    fieldPath = ".accountId")
@ValidationRule(
    value = "self.alias == oldSelf.alias",
    message = "a stage keeps its alias: make another LambdaStage",
    fieldPath = ".alias")
@ValidationRule(
    value = "self.functionNameTemplate == oldSelf.functionNameTemplate",
    message = "a stage keeps its function names: make another LambdaStage",
    fieldPath = ".functionNameTemplate")
@ValidationRule(
    value =
        "self.functionNameTemplate.contains('{function}') &&"
            + " self.functionNameTemplate.matches('^([a-zA-Z0-9_-]|[{](function|stage|namespace)[}])+$')",
    message =
        "must hold {function}, and besides it only letters, digits, -, _, {stage} and {namespace}",
    fieldPath = ".functionNameTemplate")
public record LambdaStageSpec(
    @JsonPropertyDescription("AWS region, like us-east-1. Cannot be changed.")
        @Required
        @Size(max = 32)
        @Pattern("^[a-z]{2,}(-[a-z]+)+-[0-9]+$")
        String region,
    @JsonPropertyDescription(
            "AWS account number, 12 digits in quotes. Credentials of another account are refused."
                + " Absent: the account of the credentials. Cannot be changed.")
        @Size(min = 12, max = 12)
        @Pattern("^[0-9]{12}$")
        @Nullable String accountId,
    @JsonPropertyDescription(
            "Whose rights are used in AWS; absent: the operator's own (IRSA or Pod Identity).")
        @Nullable Credentials credentials,
    @JsonPropertyDescription(
            "The alias that takes the stage's traffic; callers invoke it. Letters, digits, - and _,"
                + " not digits alone. Cannot be changed.")
        @Default("live")
        @Size(min = 1, max = 128)
        @Pattern(Formats.ALIAS)
        String alias,
    @JsonPropertyDescription(
            "Name of the function in AWS, from {function}, {stage} and {namespace}; \"{function}\""
                + " alone shares one function among stages, with an alias each. Cannot be changed.")
        @Default("\"{function}-{stage}\"")
        @Size(min = 1, max = 140)
        String functionNameTemplate,
    @JsonPropertyDescription(
            "What differs here from the LambdaFunction; environment and tags merge, the rest"
                + " replaces.")
        @Nullable FunctionOverrides overrides,
    @JsonPropertyDescription(
            "Provisioned concurrency of the versions that take traffic: the candidate's is ready"
                + " before traffic moves, stable's is kept to the end of the bake.")
        @Min(1)
        @Max(1000000)
        @Nullable Integer provisionedConcurrency,
    @JsonPropertyDescription(
            "Concurrency set aside for, and the most of, the function; 0 stops it. Stages that"
                + " share a function must agree.")
        @Min(0)
        @Max(1000000)
        @Nullable Integer reservedConcurrency,
    @JsonPropertyDescription("People who must agree before traffic moves.")
        @Nullable Approval approval,
    @JsonPropertyDescription("When traffic may move; none: always.")
        @Size(max = 32)
        @ListMap(key = "name")
        @Nullable List<PromotionWindow> promotionWindows,
    @JsonPropertyDescription(
            "A canary under way when its window closes. Hold: keeps its weight until the window"
                + " opens. Finish: goes on. Alarms and bake go on in both.")
        @Default("Hold")
        OnWindowClose onWindowClose,
    @JsonPropertyDescription("A brake for this stage: nothing moves but a rollback.")
        @Default("false")
        Boolean suspended,
    @JsonPropertyDescription(
            "Somebody else moved the alias. Pause: hold and tell. Revert: restore what was"
                + " recorded, unless that raises the candidate's weight. Adopt: the alias' version"
                + " becomes stable.")
        @Default("Pause")
        DriftPolicy driftPolicy,
    @JsonPropertyDescription("Most rollouts that move traffic here at once; 0: no limit.")
        @Default("0")
        @Min(0)
        @Max(10000)
        Integer maxConcurrentRollouts) {

  /** Applies the schema's defaults, which an object that never met an API server lacks. */
  public LambdaStageSpec {
    alias = Objects.requireNonNullElse(alias, "live");
    functionNameTemplate = Objects.requireNonNullElse(functionNameTemplate, "{function}-{stage}");
    onWindowClose = Objects.requireNonNullElse(onWindowClose, OnWindowClose.HOLD);
    suspended = Objects.requireNonNullElse(suspended, false);
    driftPolicy = Objects.requireNonNullElse(driftPolicy, DriftPolicy.PAUSE);
    maxConcurrentRollouts = Objects.requireNonNullElse(maxConcurrentRollouts, 0);
  }

  /** What a canary under way does when its window closes. */
  public enum OnWindowClose {
    FINISH("Finish"),
    HOLD("Hold");

    private final String text;

    OnWindowClose(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** What happens when somebody else moved the alias. */
  public enum DriftPolicy {
    ADOPT("Adopt"),
    PAUSE("Pause"),
    REVERT("Revert");

    private final String text;

    DriftPolicy(String text) {
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
