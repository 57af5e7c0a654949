package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Lambda refuses of a function's settings although each alone is as the service model wants
 * it. Where the words are ours, AWS documents the rule and its words are not known.
 */
final class SettingRules {
  private static final int MAX_ENVIRONMENT_BYTES = 4096;
  private static final int MAX_MEMORY_MB = 10_240;
  private static final int MAX_LAYERS = 5;
  private static final int MAX_SNAPSHOT_STORAGE_MB = 512;

  /** As AWS documents them; those that begin with an underscore fail the pattern of names. */
  private static final Set<String> RESERVED_VARIABLES =
      Set.of(
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  /** Java 11, Python 3.12 and .NET 8, and what came after each. */
  private static final Pattern WITH_SNAP_START =
      Pattern.compile("java(11|17|2\\d)|python3\\.(1[2-9])|dotnet(8|\\d{2})");

  private SettingRules() {}

  /** What can be told from the request alone. */
  static void checkRequest(Input input, Location here) {
    Integer memory = input.integer("MemorySize");
    if (memory != null && memory > MAX_MEMORY_MB) {
      throw AwsError.validation(
          "'MemorySize' value failed to satisfy constraint: Member must have value less than or"
              + " equal to "
              + MAX_MEMORY_MB);
    }
    String role = input.text("Role");
    if (role != null && !role.split(":", -1)[4].equals(here.account())) {
      throw new AwsError("AccessDeniedException", 403, "Cross-account pass role is not allowed.");
    }
    Input environment = input.object("Environment");
    if (environment != null) {
      checkVariables(environment.textMap("Variables"));
    }
    checkLayers(input.texts("Layers"), here);
  }

  private static void checkVariables(Map<String, String> given) {
    List<String> reserved = given.keySet().stream().filter(RESERVED_VARIABLES::contains).toList();
    if (!reserved.isEmpty()) {
      throw LambdaErrors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    ObjectNode variables = Json.object();
    given.forEach(variables::put);
    String measured = Json.text(variables);
    if (measured.getBytes(StandardCharsets.UTF_8).length > MAX_ENVIRONMENT_BYTES) {
      throw LambdaErrors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + measured);
    }
  }

  private static void checkLayers(List<String> layers, Location here) {
    if (layers.size() > MAX_LAYERS) {
      throw LambdaErrors.invalid("Cannot reference more than " + MAX_LAYERS + " layers.");
    }
    Map<String, String> seen = new HashMap<>();
    for (String version : layers) {
      String region = version.split(":", -1)[3];
      if (!region.isEmpty() && !region.equals(here.region())) {
        throw LambdaErrors.invalid(
            "Layers are not in the same region as the function. Layers are expected to be in region"
                + " "
                + here.region()
                + ".");
      }
      String layer = version.substring(0, version.lastIndexOf(':'));
      String other = seen.put(layer, version);
      if (other != null) {
        throw LambdaErrors.invalid(
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + other
                + " and "
                + version
                + " are versions of the same layer.");
      }
    }
  }

  /** What depends on settings together, with those that a request leaves as they were. */
  static void checkTogether(ObjectNode settings, Input input) {
    JsonNode systems = settings.path("FileSystemConfigs");
    if (!systems.isEmpty() && settings.path("VpcConfig").path("SubnetIds").isEmpty()) {
      throw LambdaErrors.invalid(
          "Function must be configured to execute in a VPC to reference access point "
              + systems.path(0).path("Arn").asText()
              + ". Please update the function configuration to include VPC subnets and security"
              + " groups.");
    }
    boolean image = settings.path("PackageType").asText().equals("Image");
    Input imageConfig = input.object("ImageConfig");
    if (!image && imageConfig != null && !imageConfig.tree().isEmpty()) {
      throw LambdaErrors.invalid(
          "Please don't provide ImageConfig for a function with packageType Zip.");
    }
    Input logging = input.object("LoggingConfig");
    if (logging != null
        && settings.path("LoggingConfig").path("LogFormat").asText().equals("Text")
        && (logging.has("ApplicationLogLevel") || logging.has("SystemLogLevel"))) {
      throw LambdaErrors.invalid(
          "LogLevel is not supported when LogFormat is set to \"Text\". Remove LogLevel from your"
              + " request or change the LogFormat to \"JSON\" and try again.");
    }
    if (settings.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions")) {
      checkSnapStart(settings);
    }
  }

  private static void checkSnapStart(ObjectNode settings) {
    String runtime = settings.path("Runtime").asText();
    if (!runtime.isEmpty() && !WITH_SNAP_START.matcher(runtime).matches()) {
      throw LambdaErrors.invalid(runtime + " is not supported for SnapStart enabled functions.");
    }
    int storage = settings.path("EphemeralStorage").path("Size").asInt();
    if (storage > MAX_SNAPSHOT_STORAGE_MB) {
      throw LambdaErrors.invalid(
          "Ephemeral storage of more than 512 MB is not supported for SnapStart enabled functions,"
              + " but is "
              + storage
              + " MB.");
    }
    if (!settings.path("FileSystemConfigs").isEmpty()) {
      throw LambdaErrors.invalid("File systems are not supported for SnapStart enabled functions.");
    }
  }
}
