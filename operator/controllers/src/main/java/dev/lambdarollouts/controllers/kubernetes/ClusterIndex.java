package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.controllers.translate.RolloutReferences.StageReference;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who names whom, as indexes of the caches: which object's change concerns which rollout is looked
 * up, not searched.
 */
final class ClusterIndex {
  /** Rollouts by the function that they name. */
  static final String FUNCTION = "function";

  /** Rollouts by the stages that stand in their spec or status. */
  static final String STAGE = "stage";

  /**
   * Rollouts that are held by what somebody wrote, by their namespace: a LambdaStage that they do
   * not name may be what is wrong, where it takes its access keys from a Secret of theirs.
   */
  static final String INVALID = "invalid";

  /** Rollouts by the strategies that they name. */
  static final String STRATEGY = "strategy";

  /** Actions by the rollout that they name. */
  static final String ROLLOUT = "rollout";

  /** Anything by the ConfigMaps that it names. */
  static final String CONFIG_MAP = "configMap";

  /** Anything by the Secrets that it names. */
  static final String SECRET = "secret";

  private static final Set<String> CONFIG_MAP_REFS = Set.of("configMap", "configMapRef");
  private static final Set<String> SECRET_REFS = Set.of("secretRef");

  private ClusterIndex() {}

  /** What an index is asked for. */
  static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** The indexes of the rollouts' cache. */
  static Map<String, Function<LambdaRollout, List<String>>> ofRollouts() {
    return Map.of(
        FUNCTION,
        rollout -> keys(rollout, Stream.ofNullable(RolloutReferences.of(rollout).function())),
        STAGE,
        rollout ->
            keys(
                rollout,
                Stream.concat(stages(rollout), RolloutReferences.recordedStages(rollout).stream())),
        STRATEGY,
        rollout -> keys(rollout, references(rollout).map(StageReference::strategy)),
        CONFIG_MAP,
        rollout -> configMaps(rollout),
        SECRET,
        rollout -> secrets(rollout),
        INVALID,
        rollout -> isInvalid(rollout) ? List.of(rollout.getMetadata().getNamespace()) : List.of());
  }

  private static boolean isInvalid(LambdaRollout rollout) {
    return rollout.status().flatMap(Parsed::valid).stream()
        .flatMap(status -> status.conditions().stream())
        .anyMatch(condition -> "InvalidSpec".equals(condition.reason()));
  }

  /** The indexes of the functions' and the stages' caches. */
  static <R extends LambdaRolloutsResource<?, ?>>
      Map<String, Function<R, List<String>>> ofConfigs() {
    return Map.of(CONFIG_MAP, ClusterIndex::configMaps, SECRET, ClusterIndex::secrets);
  }

  /** The indexes of the actions' cache. */
  static Map<String, Function<RolloutAction, List<String>>> ofActions() {
    return Map.of(ROLLOUT, action -> keys(action, rolloutOf(action).stream()));
  }

  /**
   * The rollout that an action names, however wrong the rest of it is: it has to be told. Absent
   * where nobody can say.
   */
  static Optional<String> rolloutOf(RolloutAction action) {
    JsonNode name = tree(action.spec()).path("rolloutRef").path("name");
    return name.isTextual() ? Optional.of(name.textValue()) : Optional.empty();
  }

  private static Stream<StageReference> references(LambdaRollout rollout) {
    return RolloutReferences.of(rollout).stages().stream();
  }

  private static Stream<String> stages(LambdaRollout rollout) {
    return references(rollout).map(StageReference::stage);
  }

  private static List<String> configMaps(LambdaRolloutsResource<?, ?> object) {
    return keys(object, names(tree(object.spec()), CONFIG_MAP_REFS));
  }

  private static List<String> secrets(LambdaRolloutsResource<?, ?> object) {
    return keys(object, names(tree(object.spec()), SECRET_REFS));
  }

  private static JsonNode tree(Parsed<?> spec) {
    return switch (spec) {
      case Parsed.Valid<?> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<?> invalid -> invalid.raw();
    };
  }

  /** Wherever in a spec such a reference stands: code, environment, overrides. */
  private static Stream<String> names(JsonNode spec, Set<String> fields) {
    Set<String> names = new TreeSet<>();
    for (String field : fields) {
      for (JsonNode reference : spec.findValues(field)) {
        if (reference.path("name").isTextual()) {
          names.add(reference.path("name").textValue());
        }
      }
    }
    return names.stream();
  }

  @SuppressWarnings("NullAway") // absent names are filtered out right here
  private static List<String> keys(HasMetadata object, Stream<String> names) {
    return names
        .filter(Objects::nonNull)
        .map(name -> key(object.getMetadata().getNamespace(), name))
        .distinct()
        .toList();
  }
}
