package dev.lambdarollouts.app.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way into the cluster. */
public final class ClusterClient {

  private ClusterClient() {}

  /**
   * By {@code KUBECONFIG} or the usual file, or from inside the cluster.
   *
   * @throws IllegalStateException when {@code KUBECONFIG} names files of which none is there; the
   *     client would pass over that in silence
   */
  public static KubernetesClient connect() {
    requireOneOf(System.getenv("KUBECONFIG"));
    return connect(Config.autoConfigure(null));
  }

  static void requireOneOf(@Nullable String kubeconfig) {
    if (kubeconfig != null
        && !kubeconfig.isBlank()
        && Arrays.stream(kubeconfig.split(File.pathSeparator))
            .noneMatch(file -> new File(file).isFile())) {
      throw new IllegalStateException(
          "KUBECONFIG: found " + kubeconfig + ", which is no file; name one, or unset it");
    }
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
