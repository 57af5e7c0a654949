package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Argo CD beside every story: sees each LambdaRollout at each write, asks the Lua for its health
 * and its buttons, and at the end clicks every lit button once a phase, as Argo CD's server with
 * the shipped rights, in a dry run on the real API server. A story may click in earnest.
 */
public final class ArgoCdLooksOn implements AutoCloseable {
  private static final String API = "lambdarollouts.dev/v1alpha1";
  private static final Map<String, String> HEALTH =
      Map.of(
          "Healthy", "Healthy",
          "Progressing", "Progressing",
          "Paused", "Suspended",
          "Degraded", "Degraded");

  /** Of all stories of this JVM: a phase and its button. */
  private static final Set<String> CLICKED = ConcurrentHashMap.newKeySet();

  private static final ObjectMapper JSON = new ObjectMapper();

  private static boolean installed;

  private final TestCluster cluster;
  private final KubernetesClient kubernetes;
  private final String namespace;
  private final Queue<JsonNode> seen = new ConcurrentLinkedQueue<>();
  private final Watch watch;
  private @Nullable KubernetesClient server;

  /** From now on, in one namespace. */
  public ArgoCdLooksOn(TestCluster cluster, KubernetesClient kubernetes, String namespace) {
    this.cluster = cluster;
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    watch =
        kubernetes
            .genericKubernetesResources(API, "LambdaRollout")
            .inNamespace(namespace)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource resource) {
                    // A status that is no object any more is what Argo CD shows as Unknown.
                    JsonNode object = json(resource);
                    if (!action.equals(Action.BOOKMARK) && !object.path("status").isTextual()) {
                      seen.add(object);
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
  }

  private static JsonNode json(GenericKubernetesResource resource) {
    try {
      return JSON.readTree(Serialization.asJson(resource));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The rollouts as they were seen, oldest first. */
  public List<JsonNode> seen() {
    return List.copyOf(seen);
  }

  /** The buttons that were lit in each phase of the current stage, like {@code Shifting abort}. */
  public Set<String> lit() {
    Set<String> lit = new TreeSet<>();
    for (JsonNode rollout : seen) {
      ArgoCd.actions(rollout)
          .forEach(
              (button, on) -> {
                if (on) {
                  lit.add(phase(rollout) + " " + button);
                }
              });
    }
    return lit;
  }

  /**
   * Somebody clicks a button of the rollout as it stands, which has to be lit.
   *
   * @return the name of the RolloutAction that Argo CD's server created
   */
  public String click(String button) {
    JsonNode rollout =
        json(
            kubernetes
                .genericKubernetesResources(API, "LambdaRollout")
                .inNamespace(namespace)
                .withName("hello")
                .get());
    assertThat(ArgoCd.actions(rollout)).as("%s", rollout).containsEntry(button, true);
    return server()
        .resource(resource(ArgoCd.click(button, rollout)))
        .create()
        .getMetadata()
        .getName();
  }

  /** Looks at all that was seen. */
  @Override
  public void close() {
    watch.close();
    try {
      Map<String, JsonNode> clicks = new ConcurrentHashMap<>();
      seen.forEach(rollout -> look(rollout, clicks));
      clicks.forEach(this::createDry);
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  private static void look(JsonNode rollout, Map<String, JsonNode> clicks) {
    assertThat(ArgoCd.health(rollout).status()).as("%s", rollout).isEqualTo(expected(rollout));
    String phase = phase(rollout);
    ArgoCd.actions(rollout)
        .forEach(
            (action, lit) -> {
              if (lit && CLICKED.add(phase + " " + action)) {
                clicks.put(phase + " " + action, ArgoCd.click(action, rollout));
              }
            });
  }

  private static String phase(JsonNode rollout) {
    return ArgoCd.currentStage(rollout).path("phase").asText();
  }

  private static String expected(JsonNode rollout) {
    JsonNode observed = rollout.at("/status/observedGeneration");
    return observed.asLong(-1) == rollout.at("/metadata/generation").asLong()
        ? HEALTH.getOrDefault(rollout.at("/status/phase").asText(), "Progressing")
        : "Progressing";
  }

  private void createDry(String when, JsonNode action) {
    GenericKubernetesResource made = server().resource(resource(action)).dryRun().create();
    assertThat(json(made).path("spec")).as(when).isEqualTo(action.path("spec"));
  }

  private KubernetesClient server() {
    KubernetesClient open = server;
    if (open == null) {
      install(cluster);
      open =
          new KubernetesClientBuilder()
              .withConfig(
                  Config.fromKubeconfig(
                      cluster.kubeconfigForServiceAccount("argocd", "argocd-server")))
              .build();
      server = open;
    }
    return open;
  }

  private static GenericKubernetesResource resource(JsonNode action) {
    return Serialization.unmarshal(action.toString(), GenericKubernetesResource.class);
  }

  private static synchronized void install(TestCluster cluster) {
    if (installed) {
      return;
    }
    String account =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: argocd}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: argocd-server, namespace: argocd}
        ---
        """;
    cluster
        .apply(
            String.join(
                "\n---\n",
                account,
                ArgoCd.text("generated/rbac-actions.yaml"),
                ArgoCd.text("generated/rbac-approvals.yaml")))
        .stdoutOrThrow();
    // The API server learns of a binding a moment after it stored it.
    Awaitility.await("the rights")
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                cluster
                    .kubectl(
                        "auth",
                        "can-i",
                        "create",
                        "rolloutactions.lambdarollouts.dev",
                        "-n",
                        "argocd",
                        "--as=system:serviceaccount:argocd:argocd-server")
                    .succeeded());
    installed = true;
  }
}
