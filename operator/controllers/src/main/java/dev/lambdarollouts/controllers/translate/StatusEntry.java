package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.io.IOException;

/**
 * A stage's entry in the status of its rollout. Each entry is read on its own: what a newer
 * operator wrote of one stage stops no other.
 */
public sealed interface StatusEntry {

  /** It is there. */
  record Found(StageStatus status) implements StatusEntry {}

  /** Nothing is recorded of this stage. */
  record None() implements StatusEntry {}

  /**
   * It is there and cannot be read, or the status cannot, so that nobody knows whether it is there.
   */
  record Broken(String field, String problem) implements StatusEntry {}

  /** Looks it up. */
  static StatusEntry of(LambdaRollout rollout, String stageName) {
    Parsed<LambdaRolloutStatus> status = rollout.status().orElse(null);
    return switch (status) {
      case null -> new None();
      case Parsed.Valid<LambdaRolloutStatus> valid -> find(valid.value(), stageName);
      case Parsed.Invalid<LambdaRolloutStatus> invalid -> salvage(invalid, stageName);
    };
  }

  private static StatusEntry find(LambdaRolloutStatus status, String stageName) {
    return status.stages().stream()
        .filter(stage -> stage.name().equals(stageName))
        .findFirst()
        .<StatusEntry>map(Found::new)
        .orElse(new None());
  }

  private static StatusEntry salvage(
      Parsed.Invalid<LambdaRolloutStatus> invalid, String stageName) {
    JsonNode stages = invalid.raw().path("stages");
    if (!invalid.raw().isObject() || !(stages.isArray() || stages.isMissingNode())) {
      return new Broken(invalid.field(), invalid.problem());
    }
    for (JsonNode stage : stages) {
      if (!stage.path("name").isTextual()) {
        return new Broken(invalid.field(), invalid.problem());
      }
      if (stageName.equals(stage.path("name").textValue())) {
        return alone(stage, stageName);
      }
    }
    return new None();
  }

  private static StatusEntry alone(JsonNode stage, String stageName) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putArray("stages").add(stage);
    return switch (parse(status)) {
      case Parsed.Valid<LambdaRolloutStatus> valid -> find(valid.value(), stageName);
      case Parsed.Invalid<LambdaRolloutStatus> invalid ->
          new Broken(ProgressReading.field(stageName) + below(invalid.field()), invalid.problem());
    };
  }

  /** {@code .phase} of {@code .stages[0].phase}. */
  private static String below(String field) {
    return field.substring(field.indexOf(']') + 1);
  }

  private static Parsed<LambdaRolloutStatus> parse(ObjectNode status) {
    ObjectReader reader =
        CrdJson.MAPPER.readerFor(new TypeReference<Parsed<LambdaRolloutStatus>>() {});
    try {
      return reader.readValue(status);
    } catch (IOException aTreeHasNone) {
      throw new IllegalStateException(aTreeHasNone);
    }
  }
}
