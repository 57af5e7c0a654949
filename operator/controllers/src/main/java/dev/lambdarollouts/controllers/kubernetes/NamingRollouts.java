package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rollouts name a function or a stage, in spec or status; what names it must not lose it.
 * Keeps of each rollout only its names.
 *
 * @param <P> what is named
 */
final class NamingRollouts<P extends HasMetadata> {
  private static final String BY_NAMED = "named";

  private final InformerEventSource<LambdaRollout, P> source;

  /**
   * @param named the names, in the rollout's namespace
   */
  NamingRollouts(
      EventSourceContext<P> context, Class<P> type, Function<LambdaRollout, Stream<String>> named) {
    source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(LambdaRollout.class, type)
                .withName("naming-rollouts")
                .withNamespacesInheritedFromController()
                .withItemStore(new TransformingItemStore<>(NamingRollouts::namesOnly))
                .withOnUpdateFilter(Filters.specChanged())
                .withPrimaryToSecondaryMapper(primary -> Set.of())
                .withSecondaryToPrimaryMapper(
                    rollout ->
                        named
                            .apply(rollout)
                            .map(name -> new ResourceID(name, rollout.getMetadata().getNamespace()))
                            .collect(Collectors.toSet()))
                .build(),
            context);
    source.addIndexer(
        BY_NAMED,
        rollout ->
            named
                .apply(rollout)
                .map(name -> rollout.getMetadata().getNamespace() + "/" + name)
                .toList());
  }

  /** For JOSDK to start. */
  InformerEventSource<LambdaRollout, P> source() {
    return source;
  }

  /** The rollouts that name this object. */
  List<ObjectKey> of(P object) {
    return source.byIndex(BY_NAMED, ObjectKey.of(object).toString()).stream()
        .map(ObjectKey::of)
        .sorted(Comparator.comparing(ObjectKey::toString))
        .toList();
  }

  /** For a message: {@code LambdaRollout hello}. */
  static String text(List<ObjectKey> rollouts) {
    return rollouts.stream()
        .map(rollout -> "LambdaRollout " + rollout.name())
        .collect(Collectors.joining(", "));
  }

  private static LambdaRollout namesOnly(LambdaRollout rollout) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    RolloutReferences references = RolloutReferences.of(rollout);
    if (references.function() != null) {
      spec.putObject("functionRef").put("name", references.function());
    }
    ArrayNode stages = spec.putArray("stages");
    references.stages().stream()
        .map(RolloutReferences.StageReference::stage)
        .forEach(name -> stages.addObject().set("stageRef", named(name)));
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    ArrayNode recorded = status.putArray("stages");
    StageNames.recorded(rollout).forEach(name -> recorded.add(named(name)));
    LambdaRollout thin = new LambdaRollout();
    thin.setMetadata(
        new ObjectMetaBuilder()
            .withName(rollout.getMetadata().getName())
            .withNamespace(rollout.getMetadata().getNamespace())
            .withUid(rollout.getMetadata().getUid())
            .withResourceVersion(rollout.getMetadata().getResourceVersion())
            .withGeneration(rollout.getMetadata().getGeneration())
            .withDeletionTimestamp(rollout.getMetadata().getDeletionTimestamp())
            .build());
    thin.setSpec(new Parsed.Invalid<>(spec, "spec", "is kept in part"));
    thin.setStatus(new Parsed.Invalid<>(status, "status", "is kept in part"));
    return thin;
  }

  private static JsonNode named(@Nullable String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }
}
