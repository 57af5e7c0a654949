package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionSpec;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What wakes a rollout: a change of what it names. Everything is found by index; a change of a
 * status wakes nobody.
 */
final class RolloutSources {
  private static final String BY_FUNCTION = "function";
  private static final String BY_STAGE = "stage";
  private static final String BY_STRATEGY = "strategy";
  private static final String BY_CONFIG_MAP = "config-map";
  private static final String BY_SECRET = "secret";
  private static final String BY_ROLLOUT = "rollout";

  private final EventSourceContext<LambdaRollout> context;
  private final ControllerSettings settings;
  final IndexerResourceCache<LambdaRollout> rollouts;
  final InformerEventSource<LambdaFunction, LambdaRollout> functions;
  final InformerEventSource<LambdaStage, LambdaRollout> stages;
  final InformerEventSource<RolloutStrategy, LambdaRollout> strategies;
  final InformerEventSource<RolloutAction, LambdaRollout> actions;
  final InformerEventSource<ConfigMap, LambdaRollout> configMaps;
  final @Nullable InformerEventSource<Secret, LambdaRollout> secrets;
  final SimpleInboundEventSource<LambdaRollout> wakes = new SimpleInboundEventSource<>("wake-ups");

  RolloutSources(EventSourceContext<LambdaRollout> context, ControllerSettings settings) {
    this.context = context;
    this.settings = settings;
    rollouts = context.getPrimaryCache();
    rollouts.addIndexer(
        BY_FUNCTION, rollout -> keys(rollout, Stream.ofNullable(refs(rollout).function())));
    rollouts.addIndexer(BY_STAGE, rollout -> keys(rollout, StageNames.all(rollout)));
    rollouts.addIndexer(
        BY_STRATEGY,
        rollout ->
            keys(
                rollout,
                refs(rollout).stages().stream()
                    .map(RolloutReferences.StageReference::strategy)
                    .filter(Objects::nonNull)));
    indexConfigs(rollouts);
    functions =
        informer("functions", LambdaFunction.class, it -> rollouts(BY_FUNCTION, key(it)), false);
    indexConfigs(functions);
    stages = informer("stages", LambdaStage.class, it -> rollouts(BY_STAGE, key(it)), false);
    indexConfigs(stages);
    strategies =
        informer("strategies", RolloutStrategy.class, it -> rollouts(BY_STRATEGY, key(it)), false);
    actions = informer("actions", RolloutAction.class, RolloutSources::target, false);
    actions.addIndexer(
        BY_ROLLOUT,
        action ->
            target(action).stream()
                .map(id -> id.getNamespace().orElse("") + "/" + id.getName())
                .toList());
    configMaps = informer("config-maps", ConfigMap.class, it -> naming(BY_CONFIG_MAP, it), true);
    secrets =
        settings.secretsNamespaces().isEmpty()
            ? null
            : informer("secrets", Secret.class, it -> naming(BY_SECRET, it), true);
  }

  /** All of them, for JOSDK to start. */
  List<EventSource<?, LambdaRollout>> all() {
    List<EventSource<?, LambdaRollout>> all =
        new ArrayList<>(List.of(functions, stages, strategies, actions, configMaps, wakes));
    if (secrets != null) {
      all.add(secrets);
    }
    return all;
  }

  /** The actions that name a rollout. */
  List<RolloutAction> actionsOf(ObjectKey rollout) {
    return actions.byIndex(BY_ROLLOUT, rollout.toString());
  }

  /** Wakes a rollout; from any thread. */
  void wake(ObjectKey rollout) {
    wakes.propagateEvent(new ResourceID(rollout.name(), rollout.namespace()));
  }

  private static RolloutReferences refs(LambdaRollout rollout) {
    return RolloutReferences.of(rollout);
  }

  private static List<String> keys(HasMetadata object, Stream<String> names) {
    String namespace = object.getMetadata().getNamespace();
    return names.map(name -> namespace + "/" + name).distinct().toList();
  }

  private static String key(HasMetadata object) {
    return ObjectKey.of(object).toString();
  }

  private <R extends LambdaRolloutsResource<?, ?>> void indexConfigs(
      IndexerResourceCache<R> cache) {
    cache.addIndexer(
        BY_CONFIG_MAP, object -> keys(object, ConfigReferences.configMaps(object).stream()));
    cache.addIndexer(BY_SECRET, object -> keys(object, ConfigReferences.secrets(object).stream()));
  }

  private Set<ResourceID> rollouts(String index, String key) {
    return rollouts.byIndex(index, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** The rollouts that name a ConfigMap or Secret themselves, or by their function or a stage. */
  private Set<ResourceID> naming(String index, HasMetadata object) {
    String key = key(object);
    return Stream.of(
            rollouts.byIndex(index, key).stream(),
            functions.byIndex(index, key).stream()
                .flatMap(function -> rollouts.byIndex(BY_FUNCTION, key(function)).stream()),
            stages.byIndex(index, key).stream()
                .flatMap(stage -> rollouts.byIndex(BY_STAGE, key(stage)).stream()))
        .flatMap(Function.identity())
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** The rollout that an action names; empty where that cannot be read. */
  static Set<ResourceID> target(RolloutAction action) {
    String name =
        switch (action.spec()) {
          case Parsed.Valid<RolloutActionSpec> valid -> valid.value().rolloutRef().name();
          case Parsed.Invalid<RolloutActionSpec> invalid ->
              invalid.raw().path("rolloutRef").path("name").textValue();
        };
    return name == null
        ? Set.of()
        : Set.of(new ResourceID(name, action.getMetadata().getNamespace()));
  }

  /**
   * @param data true for objects without a generation: any change that is not one of metadata
   *     counts
   */
  private <R extends HasMetadata> InformerEventSource<R, LambdaRollout> informer(
      String name, Class<R> type, Function<R, Set<ResourceID>> rollouts, boolean data) {
    var configuration =
        InformerEventSourceConfiguration.from(type, LambdaRollout.class)
            .withName(name)
            .withSecondaryToPrimaryMapper(rollouts::apply)
            .withPrimaryToSecondaryMapper(rollout -> Set.of());
    if (type == Secret.class && !settings.secretsNamespaces().contains("*")) {
      configuration.withNamespaces(settings.secretsNamespaces());
    } else {
      configuration.withNamespacesInheritedFromController();
    }
    if (data) {
      // One in every namespace, of a kilobyte and a half, and nobody's code.
      configuration.withFieldSelector(
          new FieldSelectorBuilder().withoutField("metadata.name", "kube-root-ca.crt").build());
    } else {
      configuration.withOnUpdateFilter(Filters.<R>specChanged());
    }
    return new InformerEventSource<>(configuration.build(), context);
  }

  /** Used by those who need every rollout. */
  Collection<LambdaRollout> list() {
    return rollouts.list().toList();
  }
}
