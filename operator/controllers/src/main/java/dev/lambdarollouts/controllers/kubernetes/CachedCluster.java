package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.ConfigReferences;
import dev.lambdarollouts.controllers.translate.ConfigSource;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cluster as the informers have it. */
final class CachedCluster implements ClusterView {
  private static final String SECRETS_SETTING = "lambda-rollouts.secrets-namespaces";

  private final KubernetesClient client;
  private final Caches caches;
  private final ControllerSettings settings;

  CachedCluster(KubernetesClient client, Caches caches, ControllerSettings settings) {
    this.client = client;
    this.caches = caches;
    this.settings = settings;
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
    return caches.rollouts().toList();
  }

  @Override
  public @Nullable LambdaFunction function(ObjectKey function) {
    return caches.function(function).orElse(null);
  }

  @Override
  public @Nullable LambdaStage stage(ObjectKey stage) {
    return caches.stage(stage).orElse(null);
  }

  @Override
  public @Nullable RolloutStrategy strategy(ObjectKey strategy) {
    return caches.strategy(strategy).orElse(null);
  }

  @Override
  public List<RolloutAction> actions(ObjectKey rollout) {
    return caches.actions(rollout);
  }

  @Override
  public ConfigSource configs(String namespace) {
    return new ConfigSource() {
      @Override
      public Lookup configMap(String name) {
        return caches
            .configMap(new ObjectKey(namespace, name))
            .filter(CachedCluster::stays)
            .<Lookup>map(found -> new Lookup.Found(bytes(found.getData(), found.getBinaryData())))
            .orElseGet(Lookup.Missing::new);
      }

      @Override
      public Lookup secret(String name) {
        if (!settings.secrets().contains(namespace)) {
          return new Lookup.NotAllowed(SECRETS_SETTING);
        }
        return caches
            .secret(new ObjectKey(namespace, name))
            .filter(CachedCluster::stays)
            .<Lookup>map(found -> new Lookup.Found(bytes(null, found.getData())))
            .orElseGet(Lookup.Missing::new);
      }

      @Override
      public @Nullable String stageWithKeysIn(String secret) {
        return caches.stagesNamingSecret(new ObjectKey(namespace, secret)).stream()
            .filter(stage -> secret.equals(ConfigReferences.accessKeys(stage)))
            .map(stage -> stage.getMetadata().getName())
            // Of several always the same one: what is said of it changes only when a fact does.
            .min(Comparator.naturalOrder())
            .orElse(null);
      }
    };
  }

  private static boolean stays(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() == null;
  }

  private static SortedMap<String, byte[]> bytes(
      @Nullable Map<String, String> text, @Nullable Map<String, String> base64) {
    SortedMap<String, byte[]> data = new TreeMap<>();
    if (text != null) {
      text.forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
    }
    if (base64 != null) {
      base64.forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
    }
    return data;
  }
}
