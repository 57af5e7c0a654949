package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.crds.common.ObjectRef;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout names, found also in a spec in which something else cannot be read.
 *
 * @param function absent when not even that can be found
 * @param stages in their order
 */
public record RolloutReferences(@Nullable String function, List<StageReference> stages) {

  public RolloutReferences {
    stages = List.copyOf(stages);
  }

  /**
   * One entry of {@code spec.stages}.
   *
   * @param strategy absent when it is inline
   */
  public record StageReference(@Nullable String stage, @Nullable String strategy) {}

  /** Reads them. */
  public static RolloutReferences of(LambdaRollout rollout) {
    return switch (rollout.spec()) {
      case Parsed.Valid<LambdaRolloutSpec> valid -> of(valid.value());
      case Parsed.Invalid<LambdaRolloutSpec> invalid -> of(invalid.raw());
    };
  }

  /**
   * Names of the stages that stand in the status, found also where their entries cannot be read.
   */
  public static List<String> recordedStages(LambdaRollout rollout) {
    return switch (rollout.status().orElse(null)) {
      case null -> List.of();
      case Parsed.Valid<LambdaRolloutStatus> valid ->
          valid.value().stages().stream().map(StageStatus::name).toList();
      case Parsed.Invalid<LambdaRolloutStatus> invalid -> {
        List<String> names = new ArrayList<>();
        invalid.raw().path("stages").forEach(stage -> names.add(stage.path("name").asText()));
        yield names;
      }
    };
  }

  private static RolloutReferences of(LambdaRolloutSpec spec) {
    return new RolloutReferences(
        spec.functionRef().name(),
        spec.stages().stream()
            .map(stage -> new StageReference(stage.stageRef().name(), name(stage.strategyRef())))
            .toList());
  }

  private static @Nullable String name(@Nullable ObjectRef ref) {
    return ref == null ? null : ref.name();
  }

  private static RolloutReferences of(JsonNode raw) {
    List<StageReference> stages = new ArrayList<>();
    for (JsonNode stage : raw.path("stages")) {
      stages.add(new StageReference(name(stage.path("stageRef")), name(stage.path("strategyRef"))));
    }
    return new RolloutReferences(name(raw.path("functionRef")), stages);
  }

  private static @Nullable String name(JsonNode ref) {
    return ref.path("name").textValue();
  }
}
