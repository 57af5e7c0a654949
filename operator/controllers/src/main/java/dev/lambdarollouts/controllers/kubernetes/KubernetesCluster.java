package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ClusterWriter;
import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.controllers.translate.ConfigSource;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loop's view of a real cluster, and its pen. */
final class KubernetesCluster implements ClusterView, ClusterWriter {
  private final KubernetesClient client;
  private final RolloutSources sources;
  private final ControllerSettings settings;
  private final StatusPen statuses;
  private final EventPen events;

  KubernetesCluster(KubernetesClient client, RolloutSources sources, ControllerSettings settings) {
    this.client = client;
    this.sources = sources;
    this.settings = settings;
    this.statuses = new StatusPen(client);
    this.events = new EventPen(client, settings.instance());
  }

  @Override
  public @Nullable LambdaRollout fetch(ObjectKey rollout) {
    return client
        .resources(LambdaRollout.class)
        .inNamespace(rollout.namespace())
        .withName(rollout.name())
        .get();
  }

  @Override
  public Collection<LambdaRollout> rollouts() {
    return sources.list();
  }

  @Override
  public @Nullable LambdaFunction function(ObjectKey function) {
    return cached(sources.functions, function);
  }

  @Override
  public @Nullable LambdaStage stage(ObjectKey stage) {
    return cached(sources.stages, stage);
  }

  @Override
  public @Nullable RolloutStrategy strategy(ObjectKey strategy) {
    return cached(sources.strategies, strategy);
  }

  private static <R extends HasMetadata> @Nullable R cached(ResourceCache<R> cache, ObjectKey key) {
    return cache.get(new ResourceID(key.name(), key.namespace())).orElse(null);
  }

  @Override
  public ConfigSource configs(String namespace) {
    return new CachedConfigs(
        namespace,
        sources.configMaps,
        settings.maySeeSecretsOf(namespace) ? sources.secrets : null);
  }

  @Override
  public List<RolloutAction> actions(ObjectKey rollout) {
    return sources.actionsOf(rollout);
  }

  @Override
  public StatusWrite writeStatus(LambdaRollout base, Parsed<LambdaRolloutStatus> status) {
    return switch (statuses.write(LambdaRollout.class, base, status)) {
      case StatusPen.Outcome.Written<LambdaRollout>(LambdaRollout now) ->
          new StatusWrite.Written(now);
      case StatusPen.Outcome.Conflict<LambdaRollout> conflict -> new StatusWrite.Conflict();
      case StatusPen.Outcome.Gone<LambdaRollout> gone -> new StatusWrite.Gone();
    };
  }

  /** An action's spec never changes, so a conflict means that its metadata did: judged again. */
  @Override
  public void writeStatus(RolloutAction action, RolloutActionStatus status) {
    if (statuses.write(RolloutAction.class, action, Parsed.of(status))
        instanceof StatusPen.Outcome.Conflict) {
      sources.wake(
          new ObjectKey(
              action.getMetadata().getNamespace(),
              action
                  .spec()
                  .valid()
                  .map(spec -> spec.rolloutRef().name())
                  .orElse(action.getMetadata().getName())));
    }
  }

  @Override
  public void delete(RolloutAction action) {
    client
        .resources(RolloutAction.class)
        .inNamespace(action.getMetadata().getNamespace())
        .withName(action.getMetadata().getName())
        .delete();
  }

  @Override
  public void tell(Notice notice) {
    events.tell(notice);
  }
}
