package dev.lambdarollouts.app.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The way into the cluster. */
public final class ClusterClient {

  private ClusterClient() {}

  /** By {@code KUBECONFIG} or the usual file, or from inside the cluster. */
  public static KubernetesClient connect() {
    return connect(Config.autoConfigure(null));
  }

  /** With the rights of a kubeconfig's (YAML) current context. */
  public static KubernetesClient connect(String kubeconfig) {
    return connect(Config.fromKubeconfig(kubeconfig));
  }

  /**
   * A field that a later version of the API brought must not stop an informer: it is passed over.
   */
  private static KubernetesClient connect(Config config) {
    ObjectMapper mapper =
        new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
        .build();
  }
}
