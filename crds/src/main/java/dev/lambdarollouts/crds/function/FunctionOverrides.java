package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a stage changes of a function: environment and tags merge, the rest replaces. */
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
public record FunctionOverrides(
    @Nullable String runtime,
    @Nullable String handler,
    @Nullable String role,
    @JsonPropertyDescription("Other code than the function's, in this stage only.")
        @Nullable FunctionCode code,
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
    @Nullable Map<String, @Size(max = 256) String> tags)
    implements FunctionConfiguration {

  /** Without the values of the environment, which may be secret. */
  @Override
  public String toString() {
    return "FunctionOverrides[code "
        + code
        + ", environment "
        + FunctionConfiguration.variableNames(this)
        + "]";
  }
}
