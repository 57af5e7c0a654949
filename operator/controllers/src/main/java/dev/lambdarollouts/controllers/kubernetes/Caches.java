package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.ConfigReferences;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rollout controller's informers: what it reads, and whose change wakes which rollout. A change
 * of spec wakes; a status that somebody wrote does not.
 */
final class Caches {
  private final IndexerResourceCache<LambdaRollout> rollouts;
  private final InformerEventSource<LambdaFunction, LambdaRollout> functions;
  private final InformerEventSource<LambdaStage, LambdaRollout> stages;
  private final InformerEventSource<RolloutStrategy, LambdaRollout> strategies;
  private final InformerEventSource<RolloutAction, LambdaRollout> actions;
  private final InformerEventSource<ConfigMap, LambdaRollout> configMaps;
  private final @Nullable InformerEventSource<Secret, LambdaRollout> secrets;

  Caches(EventSourceContext<LambdaRollout> context, ControllerSettings settings) {
    rollouts = context.getPrimaryCache();
    rollouts.addIndexers(ClusterIndex.ofRollouts());
    functions =
        source(
            context,
            settings.watched(),
            LambdaFunction.class,
            function -> rolloutsBy(ClusterIndex.FUNCTION, function));
    functions.addIndexers(ClusterIndex.ofConfigs());
    stages = source(context, settings.watched(), LambdaStage.class, this::rolloutsOf);
    stages.addIndexers(ClusterIndex.ofConfigs());
    strategies =
        source(
            context,
            settings.watched(),
            RolloutStrategy.class,
            strategy -> rolloutsBy(ClusterIndex.STRATEGY, strategy));
    actions = source(context, settings.watched(), RolloutAction.class, Caches::rolloutOf);
    actions.addIndexers(ClusterIndex.ofActions());
    configMaps =
        source(
            context,
            settings.watched(),
            ConfigMap.class,
            config -> ids(rolloutsNaming(ClusterIndex.CONFIG_MAP, key(config)).toList()));
    secrets =
        settings.watchedSecrets() instanceof ControllerSettings.Namespaces.Named(Set<String> names)
                && names.isEmpty()
            ? null
            : source(
                context,
                settings.watchedSecrets(),
                Secret.class,
                secret -> ids(rolloutsNaming(ClusterIndex.SECRET, key(secret)).toList()));
  }

  /** For JOSDK. */
  List<EventSource<?, LambdaRollout>> eventSources() {
    List<EventSource<?, LambdaRollout>> all =
        new ArrayList<>(List.of(functions, stages, strategies, actions, configMaps));
    if (secrets != null) {
      all.add(secrets);
    }
    return all;
  }

  boolean has(ObjectKey rollout) {
    return rollouts.get(id(rollout)).isPresent();
  }

  Stream<LambdaRollout> rollouts() {
    return rollouts.list();
  }

  /** Rollouts that name the function. */
  List<LambdaRollout> rolloutsOfFunction(ObjectKey function) {
    return rollouts.byIndex(ClusterIndex.FUNCTION, function.toString());
  }

  /** Rollouts that name the stage, in spec or status. */
  List<LambdaRollout> rolloutsOfStage(ObjectKey stage) {
    return rollouts.byIndex(ClusterIndex.STAGE, stage.toString());
  }

  /** Rollouts that name the strategy. */
  List<LambdaRollout> rolloutsOfStrategy(ObjectKey strategy) {
    return rollouts.byIndex(ClusterIndex.STRATEGY, strategy.toString());
  }

  Optional<LambdaFunction> function(ObjectKey key) {
    return functions.get(id(key));
  }

  Stream<LambdaStage> stages() {
    return stages.list();
  }

  Optional<LambdaStage> stage(ObjectKey key) {
    return stages.get(id(key));
  }

  /** Stages that name the Secret, for access keys or in their overrides. */
  List<LambdaStage> stagesNamingSecret(ObjectKey secret) {
    return stages.byIndex(ClusterIndex.SECRET, secret.toString());
  }

  Optional<RolloutStrategy> strategy(ObjectKey key) {
    return strategies.get(id(key));
  }

  List<RolloutAction> actions(ObjectKey rollout) {
    return actions.byIndex(ClusterIndex.ROLLOUT, rollout.toString());
  }

  Optional<ConfigMap> configMap(ObjectKey key) {
    return configMaps.get(id(key));
  }

  Optional<Secret> secret(ObjectKey key) {
    return secrets == null ? Optional.empty() : secrets.get(id(key));
  }

  static ResourceID id(ObjectKey key) {
    return new ResourceID(key.name(), key.namespace());
  }

  private static <R extends HasMetadata> InformerEventSource<R, LambdaRollout> source(
      EventSourceContext<LambdaRollout> context,
      ControllerSettings.Namespaces namespaces,
      Class<R> type,
      SecondaryToPrimaryMapper<R> wakes) {
    InformerEventSourceConfiguration.Builder<R> builder =
        InformerEventSourceConfiguration.from(type, LambdaRollout.class)
            .withName(type.getSimpleName())
            .withSecondaryToPrimaryMapper(wakes)
            .withOnUpdateFilter(Caches::isAskedForAnew);
    builder =
        switch (namespaces) {
          case ControllerSettings.Namespaces.All() -> builder.withWatchAllNamespaces();
          case ControllerSettings.Namespaces.Named(Set<String> names) ->
              builder.withNamespaces(names);
        };
    return new InformerEventSource<>(builder.build(), context);
  }

  /**
   * Where there is a generation it tells; ConfigMaps and Secrets have none, and no status either.
   */
  private static boolean isAskedForAnew(HasMetadata now, HasMetadata before) {
    Long generation = now.getMetadata().getGeneration();
    return generation == null
        || !generation.equals(before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }

  private Set<ResourceID> rolloutsOf(LambdaStage stage) {
    Stream<LambdaRollout> held =
        rollouts.byIndex(ClusterIndex.INVALID, stage.getMetadata().getNamespace()).stream();
    String keys = ConfigReferences.accessKeys(stage);
    // What a function may read depends on the stages that take their access keys from it.
    Stream<LambdaRollout> sharing =
        keys == null
            ? Stream.of()
            : rolloutsNaming(
                ClusterIndex.SECRET, ClusterIndex.key(stage.getMetadata().getNamespace(), keys));
    return ids(
        Stream.of(rollouts.byIndex(ClusterIndex.STAGE, key(stage)).stream(), held, sharing)
            .flatMap(all -> all)
            .toList());
  }

  private Set<ResourceID> rolloutsBy(String index, HasMetadata named) {
    return ids(rollouts.byIndex(index, key(named)));
  }

  /** Rollouts that name a ConfigMap or Secret themselves, by their function or by a stage. */
  private Stream<LambdaRollout> rolloutsNaming(String index, String config) {
    Stream<LambdaRollout> byFunction =
        functions.byIndex(index, config).stream()
            .flatMap(function -> rollouts.byIndex(ClusterIndex.FUNCTION, key(function)).stream());
    Stream<LambdaRollout> byStage =
        stages.byIndex(index, config).stream()
            .flatMap(stage -> rollouts.byIndex(ClusterIndex.STAGE, key(stage)).stream());
    Stream<LambdaRollout> directly = rollouts.byIndex(index, config).stream();
    return Stream.of(byFunction, byStage, directly).flatMap(all -> all);
  }

  private static String key(HasMetadata object) {
    return ObjectKey.of(object).toString();
  }

  private static Set<ResourceID> ids(List<LambdaRollout> rollouts) {
    return rollouts.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static Set<ResourceID> rolloutOf(RolloutAction action) {
    return ClusterIndex.rolloutOf(action).stream()
        .map(name -> new ResourceID(name, action.getMetadata().getNamespace()))
        .collect(Collectors.toSet());
  }
}
