package dev.lambdarollouts.app.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The namespace of the operator's own objects. */
public final class OwnNamespace {

  private static final Logger LOG = LoggerFactory.getLogger(OwnNamespace.class);

  private OwnNamespace() {}

  /** Whether this process is a pod: its namespace is there then, and not its to make. */
  public static boolean runsInsideACluster() {
    return Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
  }

  /**
   * Makes the namespace when it is absent. Who may not look for it is believed that it is there.
   *
   * @throws KubernetesClientException when it is absent and cannot be made
   */
  public static void ensure(KubernetesClient client, String name) {
    try {
      if (client.namespaces().withName(name).get() != null) {
        return;
      }
      client
          .namespaces()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
      LOG.info("made namespace {}", name);
    } catch (KubernetesClientException e) {
      switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> LOG.debug("another made namespace {}", name);
        case HttpURLConnection.HTTP_FORBIDDEN ->
            LOG.debug("may not read or make namespace {}, taken to be there", name);
        default -> throw e;
      }
    }
  }
}
