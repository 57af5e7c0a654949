package dev.lambdarollouts.controllers.loop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.AccessKeyReading;
import dev.lambdarollouts.controllers.translate.ApprovalTranslation;
import dev.lambdarollouts.controllers.translate.PlaceLookup;
import dev.lambdarollouts.controllers.translate.PoliciesTranslation;
import dev.lambdarollouts.controllers.translate.ProgressTranslation;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.controllers.translate.SharedFunction;
import dev.lambdarollouts.controllers.translate.StageGuards;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.controllers.translate.StageTranslation;
import dev.lambdarollouts.controllers.translate.StageWanted;
import dev.lambdarollouts.controllers.translate.StatusEntry;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.engine.port.AccessKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a rollout's stages out of the cluster: those of its spec, then those on their way out. */
final class RolloutReading {
  private final LambdaRollout rollout;
  private final @Nullable LambdaFunction function;
  private final ClusterView cluster;
  private final RolloutReferences references;

  /**
   * @param function that the rollout names; absent when there is none
   */
  RolloutReading(LambdaRollout rollout, @Nullable LambdaFunction function, ClusterView cluster) {
    this.rollout = rollout;
    this.function = function;
    this.cluster = cluster;
    this.references = RolloutReferences.of(rollout);
  }

  /** The function that a rollout names, as the cluster has it now. */
  static @Nullable LambdaFunction function(LambdaRollout rollout, ClusterView cluster) {
    String name = RolloutReferences.of(rollout).function();
    return name == null
        ? null
        : cluster.function(new ObjectKey(rollout.getMetadata().getNamespace(), name));
  }

  List<StageReading> stages() {
    List<StageReading> stages = new ArrayList<>();
    Set<String> named = new LinkedHashSet<>();
    for (int index = 0; index < references.stages().size(); index++) {
      RolloutReferences.StageReference reference = references.stages().get(index);
      String name = reference.stage();
      if (name != null && named.add(name)) {
        StageReading reading =
            unlessTaken(inSpec(index, name, reference.strategy()), index, stages);
        stages.add(unlessAtOdds(reading, stages));
      }
    }
    RolloutReferences.recordedStages(rollout).stream()
        .filter(named::add)
        .forEach(name -> stages.add(inStatusOnly(name)));
    return stages;
  }

  private StageReading inSpec(int index, String name, @Nullable String strategyName) {
    LambdaStage stage = cluster.stage(key(name));
    RolloutStrategy strategy = strategyName == null ? null : cluster.strategy(key(strategyName));
    return reading(
        name,
        stage,
        StageTranslation.translate(
            rollout,
            index,
            function,
            stage,
            strategy,
            cluster.configs(rollout.getMetadata().getNamespace())),
        false);
  }

  /** Two stages behind one alias would each take the other's steps for somebody else's. */
  private StageReading unlessTaken(StageReading reading, int index, List<StageReading> earlier) {
    StagePlace place = reading.wanted().place();
    if (place == null) {
      return reading;
    }
    return earlier.stream()
        .filter(other -> place.isSameAlias(other.wanted().place()))
        .findFirst()
        .map(other -> reading.with(sameAlias(reading.name(), index, other.name(), place)))
        .orElse(reading);
  }

  /** One function has one reserved concurrency, and a version one provisioned. */
  private StageReading unlessAtOdds(StageReading reading, List<StageReading> earlier) {
    if (!(reading.wanted() instanceof StageWanted.Known known)) {
      return reading;
    }
    for (StageReading other : earlier) {
      if (other.wanted() instanceof StageWanted.Known before
          && before.place().function().equals(known.place().function())) {
        String problem = SharedFunction.problem(known.side(), before.side(), other.name());
        if (problem != null) {
          return reading.with(
              new StageWanted.Invalid(
                  known.place(), "LambdaStage " + reading.name() + ": spec", problem));
        }
      }
    }
    return reading;
  }

  private StageWanted sameAlias(String name, int index, String other, StagePlace place) {
    return new StageWanted.Invalid(
        null,
        "LambdaRollout " + rollout.getMetadata().getName() + ": spec.stages[" + index + "]",
        "stage "
            + name
            + " means "
            + place.aliasArn()
            + ", as stage "
            + other
            + " does: give LambdaStage "
            + name
            + " another spec.alias or spec.functionNameTemplate");
  }

  /**
   * A stage that the spec does not name: taken off the list, unless the spec cannot be read; then
   * nobody knows, and it stays.
   */
  private StageReading inStatusOnly(String name) {
    LambdaStage stage = cluster.stage(key(name));
    StagePlace place = stage == null ? null : PlaceLookup.of(rollout, stage);
    return switch (rollout.spec()) {
      case Parsed.Valid<LambdaRolloutSpec> valid ->
          reading(name, stage, new StageWanted.Missing(place, "taken off the list"), true);
      case Parsed.Invalid<LambdaRolloutSpec> invalid ->
          reading(
              name,
              stage,
              new StageWanted.Invalid(
                  place,
                  "LambdaRollout " + rollout.getMetadata().getName() + ": " + invalid.field(),
                  invalid.problem()),
              false);
    };
  }

  private StageReading reading(
      String name, @Nullable LambdaStage stage, StageWanted wanted, boolean takenOffTheList) {
    StatusEntry entry = StatusEntry.of(rollout, name);
    Recorded recorded = ProgressTranslation.progressOf(rollout, name);
    return new StageReading(
        name,
        entry instanceof StatusEntry.Found(StageStatus found) ? found : null,
        recorded instanceof Recorded.Unreadable ? raw(name) : null,
        recorded,
        wanted,
        takenOffTheList,
        isSuspended(stage),
        ApprovalTranslation.of(stage),
        StageGuards.of(rollout, name, stage),
        PoliciesTranslation.of(rollout, function, stage),
        keys(wanted.place()));
  }

  /** Whatever else is wrong with the stage: a rollback may need them. */
  private @Nullable AccessKeys keys(@Nullable StagePlace place) {
    return place == null || place.target().keys() == null
        ? null
        : AccessKeyReading.keys(
            place.target().keys(), cluster.configs(rollout.getMetadata().getNamespace()));
  }

  /** An entry that cannot be read, as it stands. */
  private @Nullable JsonNode raw(String name) {
    JsonNode status = StatusTree.of(rollout);
    for (JsonNode stage : status.path("stages")) {
      if (stage.path("name").asText().equals(name)) {
        return stage;
      }
    }
    return null;
  }

  /** The brake works however wrong the rest of the LambdaStage is. */
  private static boolean isSuspended(@Nullable LambdaStage stage) {
    if (stage == null) {
      return false;
    }
    return switch (stage.spec()) {
      case Parsed.Valid<LambdaStageSpec> valid -> valid.value().suspended();
      case Parsed.Invalid<LambdaStageSpec> invalid ->
          invalid.raw().path("suspended").asBoolean(false);
    };
  }

  private ObjectKey key(String name) {
    return new ObjectKey(rollout.getMetadata().getNamespace(), name);
  }
}
