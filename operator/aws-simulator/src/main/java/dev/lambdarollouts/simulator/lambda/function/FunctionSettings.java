package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.util.List;

/**
 * A function's settings, as a tree with the members and defaults that AWS shows. Checked and merged
 * as CreateFunction and UpdateFunctionConfiguration do.
 */
public final class FunctionSettings {

  /** In the order in which the service lists them [recorded 2026-01]. */
  private static final List<String> RUNTIMES =
      List.of(
          "nodejs20.x",
          "python3.14",
          "provided.al2023",
          "python3.12",
          "python3.13",
          "nodejs24.x",
          "nodejs22.x",
          "java25",
          "python3.10",
          "python3.11",
          "java21",
          "ruby3.3",
          "ruby3.4",
          "ruby3.2",
          "python3.8",
          "python3.9",
          "java17",
          "nodejs16.x",
          "dotnet10",
          "dotnet8",
          "java11",
          "dotnet6",
          "nodejs18.x",
          "provided.al2",
          "java8.al2");

  /** Members that are stored as they come and shown as they are stored. */
  private static final List<String> PLAIN =
      List.of(
          "Role",
          "Handler",
          "Runtime",
          "KMSKeyArn",
          "FileSystemConfigs",
          "EphemeralStorage",
          "DurableConfig");

  private FunctionSettings() {}

  public static ObjectNode create(Input input, String name, boolean image, Location here) {
    check(input, here);
    if (!image && (input.text("Runtime") == null || input.text("Handler") == null)) {
      throw LambdaErrors.invalid(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    if (image && (input.has("Runtime") || input.has("Handler") || input.has("Layers"))) {
      throw LambdaErrors.invalid(
          "Please don't provide Handler or Runtime or Layer when the intended function PackageType"
              + " is Image.");
    }
    ObjectNode settings = Json.object();
    settings.put("Description", "").put("Timeout", 3).put("MemorySize", 128);
    settings.putObject("TracingConfig").put("Mode", "PassThrough");
    settings.put("PackageType", image ? "Image" : "Zip");
    settings.putArray("Architectures").add("x86_64");
    settings.putObject("EphemeralStorage").put("Size", 512);
    settings.putObject("SnapStart").put("ApplyOn", "None").put("OptimizationStatus", "Off");
    settings
        .putObject("LoggingConfig")
        .put("LogFormat", "Text")
        .put("LogGroup", "/aws/lambda/" + name);
    merge(settings, input);
    architectures(settings, input);
    SettingRules.checkTogether(settings, input);
    return settings;
  }

  /** The settings after an update: what the request leaves out stays. */
  public static ObjectNode update(ObjectNode before, Input input, Location here) {
    check(input, here);
    ObjectNode settings = before.deepCopy();
    merge(settings, input);
    SettingRules.checkTogether(settings, input);
    return settings;
  }

  /** UpdateFunctionCode may move a function to another architecture. */
  public static ObjectNode architectures(ObjectNode settings, Input input) {
    List<String> architectures = input.texts("Architectures");
    if (!architectures.isEmpty()) {
      settings.set("Architectures", Json.texts(architectures));
    }
    return settings;
  }

  private static void check(Input input, Location here) {
    String runtime = input.text("Runtime");
    if (runtime != null && !RUNTIMES.contains(runtime)) {
      throw LambdaErrors.invalid(
          "Value "
              + runtime
              + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
              + RUNTIMES
              + " or be a valid ARN");
    }
    SettingRules.checkRequest(input, here);
  }

  private static void merge(ObjectNode settings, Input input) {
    for (String member : PLAIN) {
      JsonNode value = input.node(member);
      if (value != null) {
        settings.set(member, value.deepCopy());
      }
    }
    String description = input.text("Description");
    if (description != null) {
      settings.put("Description", description);
    }
    Integer timeout = input.integer("Timeout");
    if (timeout != null) {
      settings.put("Timeout", timeout);
    }
    Integer memory = input.integer("MemorySize");
    if (memory != null) {
      settings.put("MemorySize", memory);
    }
    Input environment = input.object("Environment");
    if (environment != null) {
      ObjectNode shown = settings.putObject("Environment").putObject("Variables");
      environment.textMap("Variables").forEach(shown::put);
    }
    Input tracing = input.object("TracingConfig");
    if (tracing != null && tracing.has("Mode")) {
      settings.putObject("TracingConfig").put("Mode", tracing.text("Mode"));
    }
    Input snapStart = input.object("SnapStart");
    if (snapStart != null && snapStart.has("ApplyOn")) {
      settings
          .putObject("SnapStart")
          .put("ApplyOn", snapStart.text("ApplyOn"))
          .put("OptimizationStatus", "Off");
    }
    mergeNetworkAndQueue(settings, input);
    mergeLayersAndImage(settings, input);
    mergeLogging(settings, input);
  }

  private static void mergeNetworkAndQueue(ObjectNode settings, Input input) {
    Input vpc = input.object("VpcConfig");
    if (vpc != null) {
      ObjectNode shown = settings.putObject("VpcConfig");
      shown.set("SubnetIds", Json.texts(vpc.texts("SubnetIds")));
      shown.set("SecurityGroupIds", Json.texts(vpc.texts("SecurityGroupIds")));
      shown.put("VpcId", vpc.texts("SubnetIds").isEmpty() ? "" : "vpc-0simulated");
      shown.put("Ipv6AllowedForDualStack", vpc.flag("Ipv6AllowedForDualStack"));
    }
    Input deadLetters = input.object("DeadLetterConfig");
    if (deadLetters != null) {
      String target = deadLetters.text("TargetArn", "");
      settings.remove("DeadLetterConfig");
      if (!target.isEmpty()) {
        settings.putObject("DeadLetterConfig").put("TargetArn", target);
      }
    }
  }

  private static void mergeLayersAndImage(ObjectNode settings, Input input) {
    if (input.has("Layers")) {
      settings.remove("Layers");
      List<String> layers = input.texts("Layers");
      ArrayNode shown = Json.array();
      layers.forEach(arn -> shown.addObject().put("Arn", arn).put("CodeSize", 0));
      if (!layers.isEmpty()) {
        settings.set("Layers", shown);
      }
    }
    Input image = input.object("ImageConfig");
    if (image != null) {
      settings.remove("ImageConfigResponse");
      if (!image.tree().isEmpty()) {
        settings.putObject("ImageConfigResponse").set("ImageConfig", image.tree().deepCopy());
      }
    }
  }

  private static void mergeLogging(ObjectNode settings, Input input) {
    Input logging = input.object("LoggingConfig");
    if (logging == null || !(settings.get("LoggingConfig") instanceof ObjectNode shown)) {
      return;
    }
    String format = logging.text("LogFormat", shown.path("LogFormat").asText());
    shown.put("LogFormat", format);
    if (format.equals("JSON")) {
      shown.putIfAbsent("ApplicationLogLevel", shown.textNode("INFO"));
      shown.putIfAbsent("SystemLogLevel", shown.textNode("INFO"));
    } else {
      shown.remove(List.of("ApplicationLogLevel", "SystemLogLevel"));
    }
    for (String member : List.of("ApplicationLogLevel", "SystemLogLevel", "LogGroup")) {
      String value = logging.text(member);
      if (value != null) {
        shown.put(member, value);
      }
    }
  }
}
