package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user says of a function. */
@JsonClassDescription("What the function is to be in every stage, before a stage's overrides.")
@ValidationRule(
    value =
        "!(has(self.code.s3) || has(self.code.configMap)) || (has(self.runtime) &&"
            + " has(self.handler))",
    message = "a zip package (code.s3, code.configMap) needs runtime and handler: add them")
@ValidationRule(
    value = FunctionRules.PUBLISHED_ALONE,
    message = FunctionRules.PUBLISHED_ALONE_MESSAGE)
@ValidationRule(
    value = FunctionRules.IMAGE_CONFIGURES_ITSELF,
    message = FunctionRules.IMAGE_CONFIGURES_ITSELF_MESSAGE)
@ValidationRule(
    value = FunctionRules.IMAGE_CONFIG_NEEDS_IMAGE,
    message = FunctionRules.IMAGE_CONFIG_NEEDS_IMAGE_MESSAGE)
@ValidationRule(
    value = FunctionRules.ENVIRONMENT_NAMES,
    message = FunctionRules.ENVIRONMENT_NAMES_MESSAGE,
    fieldPath = ".environment")
@ValidationRule(
    value = FunctionRules.TAG_NAMES,
    message = FunctionRules.TAG_NAMES_MESSAGE,
    fieldPath = ".tags")
@ValidationRule(
    value = "!has(self.triggers) || self.triggers.filter(t, has(t.functionUrl)).size() <= 1",
    message = "an alias has one URL: keep one functionUrl",
    fieldPath = ".triggers")
@ValidationRule(
    value = AlarmDefinition.NAMES_DIFFER,
    message =
        "two alarms have the same name (a preset's name is the preset): give one of them another"
            + " name",
    fieldPath = ".alarms")
public record LambdaFunctionSpec(
    @JsonPropertyDescription(
            "A name of this release for people, like 1.4.2: shown in status, history and events. A"
                + " change of it alone publishes nothing.")
        @Size(min = 1, max = 64)
        @Nullable String releaseName,
    @Nullable String runtime,
    @Nullable String handler,
    @Nullable String role,
    @JsonPropertyDescription("Where the code comes from: exactly one source.") @Required
        FunctionCode code,
    @Nullable List<Architecture> architectures,
    @Nullable Integer memorySize,
    @Nullable Integer timeout,
    @Nullable Integer ephemeralStorageSize,
    @Nullable Map<String, @Size(max = 4096) String> environment,
    @Nullable List<EnvironmentSource> environmentFrom,
    @Nullable List<@Size(max = Formats.ARN_LENGTH) @Pattern(Formats.ARN) String> layers,
    @Nullable VpcConfig vpcConfig,
    @Nullable DeadLetterConfig deadLetterConfig,
    @Nullable TracingConfig tracingConfig,
    @Nullable SnapStart snapStart,
    @Nullable LoggingConfig loggingConfig,
    @Nullable String kmsKeyArn,
    @Nullable List<FileSystemConfig> fileSystemConfigs,
    @Nullable ImageConfig imageConfig,
    @Nullable RuntimeManagementConfig runtimeManagementConfig,
    @Nullable Map<String, @Size(max = 256) String> tags,
    @JsonPropertyDescription(
            "What invokes the function, always by the alias of a stage and never by $LATEST. Not"
                + " part of the release.")
        @Size(max = 32)
        @Nullable List<Trigger> triggers,
    @JsonPropertyDescription(
            "CloudWatch alarms that the operator creates per stage, watches, and deletes with it."
                + " Not part of the release.")
        @Size(max = 32)
        @Nullable List<AlarmDefinition> alarms,
    @JsonPropertyDescription("Create a CloudWatch dashboard per stage.") @Default("false")
        Boolean dashboard,
    @JsonPropertyDescription("Sends the function's logs on.")
        @Nullable LogSubscription logSubscription,
    @JsonPropertyDescription(
            "Create: a function of that name that is not ours is left alone, and the rollout is"
                + " Stalled. AdoptOrCreate: it is taken over. Adopt: it must exist.")
        @Default("Create")
        AdoptionPolicy adoptionPolicy,
    @JsonPropertyDescription(
            "What deleting the rollout does in AWS. Retain: nothing. Delete: removes what the"
                + " operator created, never what it adopted.")
        @Default("Retain")
        DeletionPolicy deletionPolicy)
    implements FunctionConfiguration {

  /** Applies the schema's defaults, which an object that never met an API server lacks. */
  public LambdaFunctionSpec {
    dashboard = Objects.requireNonNullElse(dashboard, false);
    adoptionPolicy = Objects.requireNonNullElse(adoptionPolicy, AdoptionPolicy.CREATE);
    deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.RETAIN);
  }

  /** Without the values of the environment, which may be secret. */
  @Override
  public String toString() {
    return "LambdaFunctionSpec[code "
        + code
        + ", environment "
        + FunctionConfiguration.variableNames(this)
        + "]";
  }

  /** What becomes of a function that exists and is not ours. */
  public enum AdoptionPolicy {
    CREATE("Create"),
    ADOPT_OR_CREATE("AdoptOrCreate"),
    ADOPT("Adopt");

    private final String text;

    AdoptionPolicy(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** What deleting the rollout does in AWS. */
  public enum DeletionPolicy {
    RETAIN("Retain"),
    DELETE("Delete");

    private final String text;

    DeletionPolicy(String text) {
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
