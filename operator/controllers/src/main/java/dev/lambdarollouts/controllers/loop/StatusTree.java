package dev.lambdarollouts.controllers.loop;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A status as a tree: to see whether a new one says anything new, and to keep what cannot be read
 * as it stands.
 */
final class StatusTree {
  private static final List<String> TOLD =
      List.of("observedGeneration", "phase", "message", "conditions");

  private StatusTree() {}

  /** As it stands; empty where there is none. */
  static JsonNode of(LambdaRollout rollout) {
    return switch (rollout.status().orElse(null)) {
      case null -> JsonNodeFactory.instance.objectNode();
      case Parsed.Valid<LambdaRolloutStatus> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<LambdaRolloutStatus> invalid -> invalid.raw();
    };
  }

  /** The conditions, those at least that can be read. */
  static List<Condition> conditions(LambdaRollout rollout) {
    return switch (rollout.status().orElse(null)) {
      case null -> List.of();
      case Parsed.Valid<LambdaRolloutStatus> valid -> valid.value().conditions();
      case Parsed.Invalid<LambdaRolloutStatus> invalid -> salvaged(invalid.raw());
    };
  }

  private static List<Condition> salvaged(JsonNode raw) {
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    alone.set("conditions", raw.path("conditions"));
    return CrdJson.MAPPER
        .<Parsed<LambdaRolloutStatus>>convertValue(alone, new TypeReference<>() {})
        .valid()
        .map(LambdaRolloutStatus::conditions)
        .orElse(List.of());
  }

  /**
   * The new status with the entries of stages that cannot be read put back.
   *
   * @param broken those entries
   */
  static Parsed<LambdaRolloutStatus> with(LambdaRolloutStatus status, List<JsonNode> broken) {
    if (broken.isEmpty()) {
      return Parsed.of(status);
    }
    ObjectNode tree = CrdJson.MAPPER.valueToTree(status);
    List<JsonNode> entries = new ArrayList<>(broken);
    tree.path("stages").forEach(entries::add);
    entries.sort(Comparator.comparing(entry -> entry.path("name").asText()));
    ArrayNode stages = tree.putArray("stages");
    entries.forEach(stages::add);
    return new Parsed.Invalid<>(tree, "status.stages", "holds entries that cannot be read");
  }

  /**
   * The status as it stands, with only what is told of it replaced: for one whose stages cannot
   * even be told apart.
   */
  static Parsed<LambdaRolloutStatus> toldOf(LambdaRollout rollout, LambdaRolloutStatus status) {
    JsonNode now = of(rollout);
    ObjectNode tree = now.isObject() ? now.deepCopy() : JsonNodeFactory.instance.objectNode();
    JsonNode told = CrdJson.MAPPER.valueToTree(status);
    TOLD.forEach(
        field -> {
          if (told.has(field)) {
            tree.set(field, told.get(field));
          }
        });
    return new Parsed.Invalid<>(tree, "status.stages", "cannot be read");
  }

  /**
   * True when the rollout's status says this already. Asked at every pass: trees are the rare way.
   */
  static boolean says(LambdaRollout rollout, Parsed<LambdaRolloutStatus> status) {
    return status.equals(rollout.status().orElse(null)) || isSame(of(status), of(rollout));
  }

  /** True when both say the same; a number is the same however it was read. */
  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(
        (left, right) ->
            left.isNumber() && right.isNumber()
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.equals(right) ? 0 : 1,
        other);
  }

  /** As it is to stand. */
  static JsonNode of(Parsed<LambdaRolloutStatus> status) {
    return switch (status) {
      case Parsed.Valid<LambdaRolloutStatus> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<LambdaRolloutStatus> invalid -> invalid.raw();
    };
  }
}
