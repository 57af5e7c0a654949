package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.function.Architecture;
import dev.lambdarollouts.crds.function.FileSystemConfig;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.ImageConfig;
import dev.lambdarollouts.crds.function.LoggingConfig;
import dev.lambdarollouts.crds.function.VpcConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A function as it is to be in one stage. */
final class DefinitionTranslation {
  private static final String ARN_LIKE = "arn:aws:<service>:<region>:<account>:<resource>";

  private final ConfigurationLayers layers;
  private final Texts texts;
  private final ConfigSource configs;
  private final Findings findings;

  DefinitionTranslation(
      ConfigurationLayers layers, Texts texts, ConfigSource configs, Findings findings) {
    this.layers = layers;
    this.texts = texts;
    this.configs = configs;
    this.findings = findings;
  }

  /**
   * Translates all fields, so that every finding is made.
   *
   * @return absent when code or role are findings
   */
  @Nullable FunctionDefinition translate(String name) {
    Code code = new CodeTranslation(texts, configs, findings).translate(layers.code());
    String role = role();
    String runtime = value("runtime", FunctionConfiguration::runtime);
    String handler = value("handler", FunctionConfiguration::handler);
    List<String> layerVersions = layerVersions();
    FunctionDefinition.ImageConfig imageConfig = imageConfig();
    if (code instanceof Code.Image) {
      refuseBesideImage("runtime", FunctionConfiguration::runtime);
      refuseBesideImage("handler", FunctionConfiguration::handler);
      refuseBesideImage("layers", FunctionConfiguration::layers);
    } else if (code != null) {
      requireBesideZip("runtime", runtime);
      requireBesideZip("handler", handler);
      if (imageConfig != null) {
        findings.invalid(
            layers.code().at(), "is no image, but imageConfig is given, which is for images only");
      }
    }
    var environment = new EnvironmentTranslation(texts, configs, findings).translate(layers);
    var memory = within(128, 10_240, "MB", "memorySize", FunctionConfiguration::memorySize);
    var timeout = within(1, 900, "seconds", "timeout", FunctionConfiguration::timeout);
    var storage =
        within(
            512, 10_240, "MB", "ephemeralStorageSize", FunctionConfiguration::ephemeralStorageSize);
    var vpcConfig = vpcConfig();
    var deadLetterTarget = deadLetterTarget();
    var loggingConfig = loggingConfig();
    var kmsKey = kmsKey();
    var fileSystems = fileSystems();
    if (code == null || role == null) {
      return null;
    }
    return new FunctionDefinition(
        name,
        code,
        runtime,
        handler,
        role,
        architectures(),
        memory,
        timeout,
        storage,
        environment,
        layerVersions,
        vpcConfig,
        deadLetterTarget,
        tracingMode(),
        snapStart(),
        loggingConfig,
        kmsKey,
        fileSystems,
        imageConfig);
  }

  private <T> @Nullable T value(String field, Function<FunctionConfiguration, @Nullable T> read) {
    Sourced<T> found = layers.strongest(field, read);
    return found == null ? null : found.value();
  }

  private @Nullable String role() {
    Sourced<String> role = layers.strongest("role", FunctionConfiguration::role);
    if (role == null) {
      findings.invalid(
          layers.function().at("role"),
          "is missing, and no override gives it: add the ARN of an execution role");
      return null;
    }
    String arn =
        texts.matching(
            role.value(), role.at(), AwsLimits.ROLE, "arn:aws:iam::111122223333:role/name");
    String account = texts.resolve("{accountId}", role.at());
    if (AwsLimits.ROLE.matcher(arn).matches() && !arn.contains(":iam::" + account + ":")) {
      findings.invalid(
          role.at(),
          "found "
              + arn
              + ", a role of another account; the stage's is "
              + account
              + ", and Lambda takes only roles of its own: write {accountId} for it");
    }
    return arn;
  }

  private <T> void refuseBesideImage(
      String field, Function<FunctionConfiguration, @Nullable T> read) {
    Sourced<T> found = layers.strongest(field, read);
    if (found != null && !List.of().equals(found.value())) {
      findings.invalid(
          found.at(),
          "an image brings its own: remove it, as " + layers.code().at() + " is an image");
    }
  }

  private void requireBesideZip(String field, @Nullable Object found) {
    if (found == null) {
      findings.invalid(
          layers.function().at(field), "is missing: a zip package needs runtime and handler");
    }
  }

  private @Nullable Integer within(
      int least,
      int most,
      String unit,
      String field,
      Function<FunctionConfiguration, @Nullable Integer> read) {
    Sourced<Integer> found = layers.strongest(field, read);
    if (found == null) {
      return null;
    }
    if (found.value() < least || found.value() > most) {
      findings.invalid(
          found.at(),
          "found " + found.value() + "; Lambda takes " + least + " to " + most + " " + unit);
    }
    return found.value();
  }

  private List<String> architectures() {
    List<Architecture> found = value("architectures", FunctionConfiguration::architectures);
    return found == null ? List.of() : found.stream().map(Architecture::toString).toList();
  }

  private List<String> layerVersions() {
    Sourced<List<String>> found = layers.strongest("layers", FunctionConfiguration::layers);
    if (found == null) {
      return List.of();
    }
    if (found.value().size() > AwsLimits.LAYERS) {
      findings.invalid(found.at(), "found " + found.value().size() + "; Lambda takes at most 5");
    }
    List<String> resolved = new ArrayList<>();
    for (int index = 0; index < found.value().size(); index++) {
      resolved.add(
          texts.matching(
              found.value().get(index),
              found.at().at(index),
              AwsLimits.LAYER_VERSION,
              "arn:aws:lambda:us-east-1:111122223333:layer:name:1"));
    }
    return resolved;
  }

  private FunctionDefinition.@Nullable VpcConfig vpcConfig() {
    Sourced<VpcConfig> found = layers.strongest("vpcConfig", FunctionConfiguration::vpcConfig);
    if (found == null) {
      return null;
    }
    UnsupportedFields.VPC.refuse(found.value(), found.at(), findings);
    return new FunctionDefinition.VpcConfig(
        List.copyOf(found.value().subnetIds()), List.copyOf(found.value().securityGroupIds()));
  }

  private @Nullable String deadLetterTarget() {
    var found = layers.strongest("deadLetterConfig", FunctionConfiguration::deadLetterConfig);
    return found == null
        ? null
        : arn(found.value().targetArn(), found.at().at("targetArn"), AwsLimits.ARN);
  }

  private @Nullable String kmsKey() {
    var found = layers.strongest("kmsKeyArn", FunctionConfiguration::kmsKeyArn);
    return found == null ? null : arn(found.value(), found.at(), AwsLimits.ARN);
  }

  private String arn(String text, FieldPath at, Pattern pattern) {
    return texts.matching(text, at, pattern, ARN_LIKE);
  }

  private @Nullable String tracingMode() {
    var found = value("tracingConfig", FunctionConfiguration::tracingConfig);
    return found == null ? null : found.mode().toString();
  }

  private @Nullable String snapStart() {
    var found = value("snapStart", FunctionConfiguration::snapStart);
    return found == null ? null : found.applyOn().toString();
  }

  private FunctionDefinition.@Nullable LoggingConfig loggingConfig() {
    Sourced<LoggingConfig> found =
        layers.strongest("loggingConfig", FunctionConfiguration::loggingConfig);
    if (found == null) {
      return null;
    }
    LoggingConfig config = found.value();
    String group = config.logGroup();
    return new FunctionDefinition.LoggingConfig(
        word(config.logFormat()),
        word(config.applicationLogLevel()),
        word(config.systemLogLevel()),
        group == null
            ? null
            : texts.matching(
                group, found.at().at("logGroup"), AwsLimits.LOG_GROUP, "/aws/lambda/name"));
  }

  /** An enum of the CRD, as the Lambda API writes it too. */
  private static @Nullable String word(@Nullable Enum<?> value) {
    return Objects.toString(value, null);
  }

  private List<FunctionDefinition.FileSystem> fileSystems() {
    Sourced<List<FileSystemConfig>> found =
        layers.strongest("fileSystemConfigs", FunctionConfiguration::fileSystemConfigs);
    List<FunctionDefinition.FileSystem> fileSystems = new ArrayList<>();
    for (int index = 0; found != null && index < found.value().size(); index++) {
      FileSystemConfig config = found.value().get(index);
      FieldPath at = found.at().at(index).at("arn");
      fileSystems.add(
          new FunctionDefinition.FileSystem(
              arn(config.arn(), at, AwsLimits.ARN), config.localMountPath()));
    }
    return fileSystems;
  }

  private FunctionDefinition.@Nullable ImageConfig imageConfig() {
    ImageConfig found = value("imageConfig", FunctionConfiguration::imageConfig);
    return found == null
        ? null
        : new FunctionDefinition.ImageConfig(
            Objects.requireNonNullElse(found.entryPoint(), List.of()),
            Objects.requireNonNullElse(found.command(), List.of()),
            found.workingDirectory());
  }
}
