package dev.lambdarollouts.engine.port;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is to be in one stage: overrides merged, placeholders resolved, ConfigMaps and
 * Secrets read. Absent members are left to AWS. Its text form never shows the environment's values.
 *
 * @param name of the function in AWS
 * @param memorySize MB
 * @param timeout seconds
 * @param ephemeralStorageSize MB
 */
public record FunctionDefinition(
    String name,
    Code code,
    @Nullable String runtime,
    @Nullable String handler,
    String role,
    List<String> architectures,
    @Nullable Integer memorySize,
    @Nullable Integer timeout,
    @Nullable Integer ephemeralStorageSize,
    SortedMap<String, String> environment,
    List<String> layers,
    @Nullable VpcConfig vpcConfig,
    @Nullable String deadLetterTargetArn,
    @Nullable String tracingMode,
    @Nullable String snapStartApplyOn,
    @Nullable LoggingConfig loggingConfig,
    @Nullable String kmsKeyArn,
    List<FileSystem> fileSystems,
    @Nullable ImageConfig imageConfig) {

  public FunctionDefinition {
    architectures = List.copyOf(architectures);
    environment = new TreeMap<>(environment);
    layers = List.copyOf(layers);
    fileSystems = List.copyOf(fileSystems);
  }

  /** Where the code comes from. */
  public sealed interface Code {
    /**
     * A package in S3; without {@code objectVersion} a new object under the same key is not seen.
     */
    record S3(String bucket, String key, @Nullable String objectVersion) implements Code {}

    /** A container image. */
    record Image(String uri) implements Code {}

    /** Files that are zipped here, byte for byte reproducibly; the release names their contents. */
    record Files(SortedMap<String, byte[]> files) implements Code {
      @Override
      public String toString() {
        return "Files" + files.keySet();
      }
    }
  }

  public record VpcConfig(List<String> subnetIds, List<String> securityGroupIds) {}

  public record LoggingConfig(
      @Nullable String logFormat,
      @Nullable String applicationLogLevel,
      @Nullable String systemLogLevel,
      @Nullable String logGroup) {}

  public record FileSystem(String arn, String localMountPath) {}

  public record ImageConfig(
      List<String> entryPoint, List<String> command, @Nullable String workingDirectory) {}

  /** Without the values of the environment, which may be secret. */
  @Override
  public String toString() {
    return "FunctionDefinition["
        + name
        + ", "
        + code
        + ", environment "
        + Map.copyOf(environment).keySet()
        + "]";
  }
}
