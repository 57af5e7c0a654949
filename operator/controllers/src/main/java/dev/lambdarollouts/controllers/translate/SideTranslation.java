package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.RuntimeManagementConfig;
import dev.lambdarollouts.crds.function.RuntimeManagementConfig.UpdateRuntimeOn;
import dev.lambdarollouts.crds.function.SnapStart;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.SideSettings.RuntimeManagement;
import org.jspecify.annotations.Nullable;

/** What is asked for beside the release: concurrency of a stage, management of a runtime. */
final class SideTranslation {
  private final ConfigurationLayers layers;
  private final LambdaStageSpec stage;
  private final FieldPath stageAt;
  private final Texts texts;
  private final Findings findings;

  SideTranslation(
      ConfigurationLayers layers,
      LambdaStageSpec stage,
      FieldPath stageAt,
      Texts texts,
      Findings findings) {
    this.layers = layers;
    this.stage = stage;
    this.stageAt = stageAt;
    this.texts = texts;
    this.findings = findings;
  }

  SideSettings translate() {
    check(stage, stageAt, findings);
    Sourced<SnapStart> snapStart = layers.strongest("snapStart", FunctionConfiguration::snapStart);
    boolean published = layers.code().value().published() != null;
    if (stage.provisionedConcurrency() != null
        && snapStart != null
        && snapStart.value().applyOn() == SnapStart.ApplyOn.PUBLISHED_VERSIONS) {
      findings.invalid(
          stageAt.at("provisionedConcurrency"),
          "AWS takes none for a function with SnapStart: remove it, or " + snapStart.at());
    }
    if (stage.reservedConcurrency() != null && published) {
      findings.invalid(
          stageAt.at("reservedConcurrency"),
          "remove it: beside code.published nothing is configured here, whoever makes the function"
              + " does that");
    }
    return new SideSettings(
        stage.reservedConcurrency(), runtimeManagement(published), stage.provisionedConcurrency());
  }

  /** What a stage says for itself. */
  static void check(LambdaStageSpec stage, FieldPath at, Findings findings) {
    Integer provisioned = stage.provisionedConcurrency();
    Integer reserved = stage.reservedConcurrency();
    if (provisioned != null && provisioned < 1) {
      findings.invalid(
          at.at("provisionedConcurrency"),
          "found " + provisioned + "; AWS takes 1 and more: remove it for none");
    }
    if (reserved != null && reserved < 0) {
      findings.invalid(
          at.at("reservedConcurrency"), "found " + reserved + "; AWS takes 0 and more");
    }
    if (provisioned != null && reserved != null && provisioned > reserved) {
      findings.invalid(
          at.at("provisionedConcurrency"),
          "found "
              + provisioned
              + ", more than reservedConcurrency ("
              + reserved
              + "), which AWS refuses: lower it, or raise or remove reservedConcurrency");
    }
  }

  private @Nullable RuntimeManagement runtimeManagement(boolean published) {
    Sourced<RuntimeManagementConfig> found =
        layers.strongest("runtimeManagementConfig", FunctionConfiguration::runtimeManagementConfig);
    if (found == null || published) {
      return null;
    }
    RuntimeManagementConfig config = found.value();
    boolean manual = config.updateRuntimeOn() == UpdateRuntimeOn.MANUAL;
    if (manual != (config.runtimeVersionArn() != null)) {
      findings.invalid(
          found.at(),
          "updateRuntimeOn: Manual needs runtimeVersionArn, and no other value goes with it");
    }
    if (layers.code().value().image() != null) {
      findings.invalid(
          found.at(),
          "an image brings its own runtime: remove it, as " + layers.code().at() + " is an image");
    }
    return new RuntimeManagement(
        config.updateRuntimeOn().toString(),
        config.runtimeVersionArn() == null
            ? null
            : texts.matching(
                config.runtimeVersionArn(),
                found.at().at("runtimeVersionArn"),
                AwsLimits.ARN,
                "arn:aws:lambda:us-east-1::runtime:<id>"));
  }
}
