package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.rollout.RolloutStage;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout asks for in one of its stages: the function with its overrides laid over, the
 * placeholders resolved, the plan of the next attempt. Pure: the same objects always give the same
 * answer.
 */
public final class StageTranslation {
  private final Findings findings = new Findings();
  private final LambdaRollout rollout;
  private final FieldPath rolloutAt;
  private final FieldPath entryAt;
  private final int stageIndex;
  private final ConfigSource configs;

  private StageTranslation(LambdaRollout rollout, int stageIndex, ConfigSource configs) {
    this.rollout = rollout;
    this.rolloutAt = FieldPath.spec("LambdaRollout", rollout.getMetadata().getName());
    this.entryAt = rolloutAt.at("stages").at(stageIndex);
    this.stageIndex = stageIndex;
    this.configs = configs;
  }

  /**
   * Translates one stage.
   *
   * @param stageIndex in {@code spec.stages}, from 0
   * @param function the one that {@code functionRef} names, absent when there is none
   * @param stage the one that the entry names, absent when there is none
   * @param strategy the one that {@code strategyRef} names, absent when there is none or the
   *     strategy is inline
   * @param configs of the rollout's namespace
   */
  public static StageWanted translate(
      LambdaRollout rollout,
      int stageIndex,
      @Nullable LambdaFunction function,
      @Nullable LambdaStage stage,
      @Nullable RolloutStrategy strategy,
      ConfigSource configs) {
    StageTranslation translation = new StageTranslation(rollout, stageIndex, configs);
    RolloutReferences references = RolloutReferences.of(rollout);
    String functionName = references.function();
    String stageName =
        stageIndex < references.stages().size()
            ? references.stages().get(stageIndex).stage()
            : null;
    if (functionName == null || stageName == null) {
      return translation.unreadable();
    }
    StageNames names =
        new StageNames(
            rollout.getMetadata().getNamespace(),
            rollout.getMetadata().getName(),
            functionName,
            stageName);
    return translation.translate(names, function, stage, strategy);
  }

  private StageWanted unreadable() {
    valid(rolloutAt, rollout);
    findings.invalid(entryAt, "cannot be read: give it a stageRef, and the rollout a functionRef");
    return outcome(null);
  }

  private StageWanted translate(
      StageNames names,
      @Nullable LambdaFunction function,
      @Nullable LambdaStage stage,
      @Nullable RolloutStrategy strategy) {
    LambdaRolloutSpec spec = valid(rolloutAt, rollout);
    StagePlace place = place(names, stage);
    LambdaStageSpec stageSpec = stage == null ? null : stage.spec().valid().orElse(null);
    FieldPath functionAt = FieldPath.spec("LambdaFunction", names.function());
    LambdaFunctionSpec functionSpec =
        isThere(function, functionAt, rolloutAt.at("functionRef"))
            ? valid(functionAt, function)
            : null;
    if (spec == null || stageSpec == null || functionSpec == null || place == null) {
      return outcome(place);
    }
    RolloutStage entry = spec.stages().get(stageIndex);
    ConfigurationLayers layers = layers(entry, stageSpec, stageAt(names), functionSpec, functionAt);
    Plan plan = plan(entry, strategy, names.forAlarms(place));
    Placeholders placeholders = names.forAws(place.target().accountId(), place.target().region());
    PublishedVersion published = new PublishedTranslation(layers, findings).translate();
    FunctionDefinition definition =
        published != null
            ? null
            : new DefinitionTranslation(
                    layers, new Texts(placeholders, names.namespace(), findings), configs, findings)
                .translate(place.functionName());
    SideSettings side =
        new SideTranslation(
                layers,
                stageSpec,
                stageAt(names),
                new Texts(placeholders, names.namespace(), findings),
                findings)
            .translate();
    if (plan == null || (definition == null && published == null) || findings.any()) {
      return outcome(place);
    }
    return new StageWanted.Known(
        place,
        definition,
        functionSpec.releaseName(),
        plan,
        layers.code().value().sha256(),
        layers.overridesCode(),
        published,
        side);
  }

  private StageWanted outcome(@Nullable StagePlace place) {
    StageWanted outcome = findings.outcome(place);
    if (outcome == null) {
      throw new IllegalStateException("what is not known has a finding that says why");
    }
    return outcome;
  }

  private static FieldPath stageAt(StageNames names) {
    return FieldPath.spec("LambdaStage", names.stage());
  }

  private @Nullable StagePlace place(StageNames names, @Nullable LambdaStage stage) {
    isThere(stage, stageAt(names), entryAt.at("stageRef"));
    StagePlace place =
        stage == null ? null : new PlaceReading(names, stageAt(names), findings).read(stage.spec());
    if (place != null && place.target().keys() != null) {
      AccessKeyReading.read(
          place.target().keys(), AccessKeyReading.field(stageAt(names)), configs, findings);
    }
    return place;
  }

  /** Takes the fields of all objects together, refusing those that are not built yet. */
  private ConfigurationLayers layers(
      RolloutStage entry,
      LambdaStageSpec stage,
      FieldPath stageAt,
      LambdaFunctionSpec function,
      FieldPath functionAt) {
    PoliciesTranslation.check(rollout, findings);
    StageGuards.check(entry, entryAt, findings);
    PromotionCalendar.check(stage.promotionWindows(), stageAt, findings);
    ApprovalTranslation.check(stage, stageAt, findings);
    UnsupportedFields.FUNCTION.refuse(function, functionAt, findings);
    ConfigurationLayers layers = new ConfigurationLayers(function, functionAt);
    layers.override(stage.overrides(), stageAt.at("overrides"));
    layers.override(entry.overrides(), entryAt.at("overrides"));
    layers.refuse(UnsupportedFields.CONFIGURATION, findings);
    return layers;
  }

  private @Nullable Plan plan(
      RolloutStage entry, @Nullable RolloutStrategy strategy, Placeholders placeholders) {
    if ((entry.strategy() == null) == (entry.strategyRef() == null)) {
      findings.invalid(entryAt, "give exactly one of strategy and strategyRef");
      return null;
    }
    if (entry.strategy() != null) {
      return new StrategyTranslation(placeholders, findings)
          .translate(entry.strategy(), entryAt.at("strategy"));
    }
    FieldPath at = FieldPath.spec("RolloutStrategy", entry.strategyRef().name());
    RolloutStrategySpec spec =
        isThere(strategy, at, entryAt.at("strategyRef")) ? valid(at, strategy) : null;
    return spec == null
        ? null
        : new StrategyTranslation(placeholders, findings).translate(spec, at);
  }

  private boolean isThere(
      @Nullable LambdaRolloutsResource<?, ?> object, FieldPath at, FieldPath namedBy) {
    if (object == null) {
      findings.missing(at.object() + " does not exist, and " + namedBy + " names it: apply it");
      return false;
    }
    if (object.getMetadata().getDeletionTimestamp() != null) {
      findings.missing(at.object() + " is being deleted, and " + namedBy + " names it");
      return false;
    }
    return true;
  }

  private <S> @Nullable S valid(FieldPath at, @Nullable LambdaRolloutsResource<S, ?> object) {
    if (object == null) {
      return null;
    }
    return switch (object.spec()) {
      case Parsed.Valid<S> valid -> valid.value();
      case Parsed.Invalid<S> invalid -> {
        findings.invalid(new FieldPath(at.object(), invalid.field()), invalid.problem());
        yield null;
      }
    };
  }
}
