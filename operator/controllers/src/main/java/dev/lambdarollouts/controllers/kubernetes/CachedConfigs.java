package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.translate.ConfigSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** ConfigMaps and Secrets of one namespace, out of the informers' caches. */
final class CachedConfigs implements ConfigSource {
  private static final String SETTING = "lambda-rollouts.secrets-namespaces";

  private final String namespace;
  private final ResourceCache<ConfigMap> configMaps;
  private final @Nullable ResourceCache<Secret> secrets;

  /**
   * @param secrets absent where they may not be read
   */
  CachedConfigs(
      String namespace,
      ResourceCache<ConfigMap> configMaps,
      @Nullable ResourceCache<Secret> secrets) {
    this.namespace = namespace;
    this.configMaps = configMaps;
    this.secrets = secrets;
  }

  @Override
  public Lookup configMap(String name) {
    return found(
        configMaps.get(new ResourceID(name, namespace)),
        map -> {
          var data = new TreeMap<String, byte[]>();
          orEmpty(map.getData())
              .forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
          orEmpty(map.getBinaryData())
              .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
          return new Lookup.Found(data);
        });
  }

  @Override
  public Lookup secret(String name) {
    return secrets == null
        ? new Lookup.NotAllowed(SETTING)
        : found(
            secrets.get(new ResourceID(name, namespace)),
            secret -> {
              var data = new TreeMap<String, byte[]>();
              orEmpty(secret.getData())
                  .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
              return new Lookup.Found(data);
            });
  }

  private static <R extends HasMetadata> Lookup found(
      Optional<R> object, Function<R, Lookup> data) {
    return object
        .filter(one -> !one.isMarkedForDeletion())
        .map(data)
        .orElseGet(Lookup.Missing::new);
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> data) {
    return data == null ? Map.of() : data;
  }
}
