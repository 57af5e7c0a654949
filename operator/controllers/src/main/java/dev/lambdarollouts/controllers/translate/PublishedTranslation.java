package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.function.FunctionCode;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A function that somebody else configures and publishes: no field may ask for more. */
final class PublishedTranslation {
  private static final Map<String, Function<FunctionConfiguration, @Nullable Object>> CONFIGURED =
      configured();

  private final ConfigurationLayers layers;
  private final Findings findings;

  PublishedTranslation(ConfigurationLayers layers, Findings findings) {
    this.layers = layers;
    this.findings = findings;
  }

  private static Map<String, Function<FunctionConfiguration, @Nullable Object>> configured() {
    Map<String, Function<FunctionConfiguration, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("runtime", FunctionConfiguration::runtime);
    fields.put("handler", FunctionConfiguration::handler);
    fields.put("role", FunctionConfiguration::role);
    fields.put("architectures", FunctionConfiguration::architectures);
    fields.put("memorySize", FunctionConfiguration::memorySize);
    fields.put("timeout", FunctionConfiguration::timeout);
    fields.put("ephemeralStorageSize", FunctionConfiguration::ephemeralStorageSize);
    fields.put("environment", FunctionConfiguration::environment);
    fields.put("environmentFrom", FunctionConfiguration::environmentFrom);
    fields.put("layers", FunctionConfiguration::layers);
    fields.put("vpcConfig", FunctionConfiguration::vpcConfig);
    fields.put("deadLetterConfig", FunctionConfiguration::deadLetterConfig);
    fields.put("tracingConfig", FunctionConfiguration::tracingConfig);
    fields.put("snapStart", FunctionConfiguration::snapStart);
    fields.put("loggingConfig", FunctionConfiguration::loggingConfig);
    fields.put("kmsKeyArn", FunctionConfiguration::kmsKeyArn);
    fields.put("fileSystemConfigs", FunctionConfiguration::fileSystemConfigs);
    fields.put("imageConfig", FunctionConfiguration::imageConfig);
    fields.put("runtimeManagementConfig", FunctionConfiguration::runtimeManagementConfig);
    return fields;
  }

  /** Absent where others do not publish it. */
  @Nullable PublishedVersion translate() {
    Sourced<FunctionCode> code = layers.code();
    FunctionCode.Published published = code.value().published();
    if (published == null) {
      return null;
    }
    FieldPath at = code.at().at("published");
    CodeTranslation.isOneSource(code, findings);
    if (code.value().sha256() != null) {
      findings.invalid(
          code.at().at("sha256"), "what is published has its own: remove it, or " + at);
    }
    CONFIGURED.forEach(
        (field, read) -> {
          Sourced<Object> found = layers.strongest(field, read);
          if (found != null) {
            findings.invalid(
                found.at(),
                "remove it: beside code.published nothing is configured here, whoever publishes"
                    + " the version does that");
          }
        });
    return new PublishedVersion(
        published.version() == null ? null : new VersionNumber(published.version()), at.toString());
  }
}
