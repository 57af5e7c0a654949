package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a function says and a stage may override. An override replaces the function's value;
 * environment and tags merge, key by key. None has a schema default: what a user leaves out is left
 * to AWS and stays out of the release.
 *
 * <p>Bounds are those of the Lambda API (docs.aws.amazon.com/lambda/latest/api, CreateFunction),
 * wider where placeholders may stand.
 */
public interface FunctionConfiguration {
  /** Absent for an image. */
  @JsonPropertyDescription(
      "Runtime identifier, like nodejs22.x or java25; required by zip packages, refused for"
          + " images.")
  @Size(min = 1, max = 64)
  @Pattern("^[a-z][a-z0-9.]*$")
  @Nullable String runtime();

  @JsonPropertyDescription(
      "Method that Lambda calls, like handler.hello; required by zip packages, refused for images.")
  @Size(min = 1, max = 128)
  @Pattern("^[^\\s]+$")
  @Nullable String handler();

  @JsonPropertyDescription(
      "ARN of the execution role. {accountId}, {region}, {stage}, {function} and {namespace} may"
          + " stand in it. Given here or by the stage's overrides.")
  @Size(max = Formats.ARN_LENGTH)
  @Pattern(Formats.ARN)
  @Nullable String role();

  @JsonPropertyDescription(
      "Instruction set: one of arm64 and x86_64. AWS takes x86_64 when absent.")
  @Size(min = 1, max = 1)
  @Nullable List<Architecture> architectures();

  @JsonPropertyDescription("Memory in MB, 128 to 10240; the CPU share grows with it.")
  @Min(128)
  @Max(10240)
  @Nullable Integer memorySize();

  @JsonPropertyDescription("Seconds after which Lambda stops an invocation, 1 to 900.")
  @Min(1)
  @Max(900)
  @Nullable Integer timeout();

  @JsonPropertyDescription("Size of /tmp in MB, 512 to 10240.")
  @Min(512)
  @Max(10240)
  @Nullable Integer ephemeralStorageSize();

  @JsonPropertyDescription(
      "Environment variables, at most 4 KB altogether; a stage's overrides merge into them. Names"
          + " start with a letter and hold letters, digits and _.")
  @Size(max = 200)
  @Nullable Map<String, String> environment();

  @JsonPropertyDescription(
      "ConfigMaps and Secrets whose keys become environment variables; later ones win, environment"
          + " wins over all. Their contents are part of the release.")
  @Size(max = 16)
  @Nullable List<EnvironmentSource> environmentFrom();

  @JsonPropertyDescription(
      "ARNs of layer versions, in the order in which they are laid over each other; at most 5.")
  @Size(max = 5)
  @Nullable List<String> layers();

  @JsonPropertyDescription("Connects the function to a VPC.")
  @Nullable VpcConfig vpcConfig();

  @JsonPropertyDescription("Where asynchronous events go that could not be processed.")
  @Nullable DeadLetterConfig deadLetterConfig();

  @JsonPropertyDescription("X-Ray tracing.")
  @Nullable TracingConfig tracingConfig();

  @JsonPropertyDescription("Start from a snapshot of the initialised function.")
  @Nullable SnapStart snapStart();

  @JsonPropertyDescription("Format, levels and log group of the function's logs.")
  @Nullable LoggingConfig loggingConfig();

  @JsonPropertyDescription("KMS key that encrypts environment variables and snapshots.")
  @Size(max = Formats.ARN_LENGTH)
  @Pattern(Formats.ARN)
  @Nullable String kmsKeyArn();

  @JsonPropertyDescription("An EFS access point to mount; at most one.")
  @Size(max = 1)
  @Nullable List<FileSystemConfig> fileSystemConfigs();

  @JsonPropertyDescription("Values that override those of a container image; for images only.")
  @Nullable ImageConfig imageConfig();

  @JsonPropertyDescription(
      "When AWS updates the runtime under the function. Not part of the release.")
  @Nullable RuntimeManagementConfig runtimeManagementConfig();

  @JsonPropertyDescription(
      "Tags of the function in AWS; a stage's overrides merge into them. Not part of the release.")
  @Size(max = 40)
  @Nullable Map<String, String> tags();

  /** The names of the environment's variables; their values may be secret. */
  static Set<String> variableNames(FunctionConfiguration configuration) {
    Map<String, String> variables = configuration.environment();
    return variables == null ? Set.of() : new TreeSet<>(variables.keySet());
  }
}
