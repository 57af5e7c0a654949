package dev.lambdarollouts.crds.server;

import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.generator.CrdManifests;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real API server with the five CRDs as they are committed; one for all tests of this module. */
final class CrdCluster {
  private static @Nullable CrdCluster shared;

  private final TestCluster cluster;
  private final KubernetesClient client;
  private final String namespace;

  private CrdCluster(TestCluster cluster) {
    this.cluster = cluster;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    this.namespace = cluster.createNamespace("crds");
  }

  /** The cluster, the CRDs served; the first call takes a few seconds. */
  static synchronized CrdCluster get() {
    CrdCluster known = shared;
    if (known == null) {
      known = new CrdCluster(SharedTestCluster.get());
      known.install();
      shared = known;
    }
    return known;
  }

  private void install() {
    cluster.kubectl("apply", "-f", CrdManifests.FOLDER.toAbsolutePath().toString()).stdoutOrThrow();
    cluster
        .kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s")
        .stdoutOrThrow();
    for (var kind : CrdManifests.KINDS) {
      // Established comes a moment before the resource is served.
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> client.resources(kind).inNamespace(namespace).list() != null);
    }
  }

  TestCluster cluster() {
    return cluster;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** An object of the namespace that nobody has made yet. */
  GenericKubernetesResource object(String kind, String name, Map<String, ?> content) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(LambdaRolloutsApi.GROUP + "/" + LambdaRolloutsApi.VERSION);
    object.setKind(kind);
    object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    object.setAdditionalProperties(Map.copyOf(content));
    return object;
  }

  /** What the API server says against an object; empty when it would accept it. Keeps nothing. */
  Optional<String> refusalOf(GenericKubernetesResource object) {
    return refusal(() -> resource(object).dryRun().create());
  }

  /** The same of a change. */
  Optional<String> refusalOfChange(GenericKubernetesResource object) {
    return refusal(() -> resource(object).dryRun().update());
  }

  /** Stores an object. */
  GenericKubernetesResource create(GenericKubernetesResource object) {
    return resource(object).create();
  }

  void delete(GenericKubernetesResource object) {
    resource(object).delete();
  }

  Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
    return client
        .genericKubernetesResources(object.getApiVersion(), object.getKind())
        .inNamespace(object.getMetadata().getNamespace())
        .resource(object);
  }

  private static Optional<String> refusal(Runnable attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 422 || refused.getStatus() == null) {
        throw refused;
      }
      return Optional.of(refused.getStatus().getMessage());
    }
  }
}
