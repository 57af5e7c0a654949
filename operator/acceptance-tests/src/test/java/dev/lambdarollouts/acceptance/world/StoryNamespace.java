package dev.lambdarollouts.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A namespace of the real API server, by kubectl as a person uses it. */
public final class StoryNamespace {
  static final String CRDS = Path.of("../../crds/manifests").toString();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestCluster cluster;
  private final KubernetesClient kubernetes;
  private final String name;

  StoryNamespace(TestCluster cluster, KubernetesClient kubernetes, String name) {
    this.cluster = cluster;
    this.kubernetes = kubernetes;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** {@code kubectl apply -f -}; the server has to accept it. */
  public void apply(String... manifests) {
    KubectlResult result = tryApply(manifests);
    assertThat(result.succeeded()).as(result.stderr()).isTrue();
  }

  /** {@code kubectl apply -f -}, whatever comes of it. */
  public KubectlResult tryApply(String... manifests) {
    return cluster
        .kubectlWith(cluster.kubeconfig())
        .runWithInput(String.join("\n---\n", manifests), "apply", "-n", name, "-f", "-");
  }

  /**
   * Stores something that the schema would refuse, as under another version of it; the schema is
   * put back.
   */
  public void withoutSchema(String plural, Runnable action) {
    cluster
        .kubectl(
            "patch",
            "crd",
            plural + ".lambdarollouts.dev",
            "--type=json",
            "-p",
            "[{\"op\":\"remove\",\"path\":\"/spec/versions/0/selectableFields\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema\",\"value\":"
                + "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}]")
        .stdoutOrThrow();
    try {
      Awaitility.await("the schema gone")
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(60))
          .until(() -> tryAction(action));
    } finally {
      cluster.kubectl("apply", "-f", CRDS).stdoutOrThrow();
    }
  }

  private static boolean tryAction(Runnable action) {
    try {
      action.run();
      return true;
    } catch (AssertionError refused) {
      return false;
    }
  }

  /** {@code kubectl} in the story's namespace; its standard output. */
  public String kubectl(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = name;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return cluster.kubectl(all).stdoutOrThrow();
  }

  /** A field of the rollout, like {@code .status.stages[0].phase}; empty when there is none. */
  public String rollout(String path) {
    return rollout("hello", path);
  }

  /** A field of a rollout. */
  public String rollout(String rollout, String path) {
    return field("lambdarollouts", rollout, path);
  }

  /** A field of a RolloutAction. */
  public String action(String action, String path) {
    return field("rolloutactions", action, path);
  }

  private String field(String plural, String object, String path) {
    JsonNode found =
        object(plural, object).at(path.replace('.', '/').replaceAll("\\[(\\d+)]", "/$1"));
    return found.isValueNode() ? found.asText() : found.isMissingNode() ? "" : found.toString();
  }

  /** The reason of a condition of a rollout that is True; empty when it is not. */
  public String reasonOf(String rollout, String condition) {
    for (JsonNode one : object("lambdarollouts", rollout).path("status").path("conditions")) {
      if (one.path("type").asText().equals(condition)
          && one.path("status").asText().equals("True")) {
        return one.path("reason").asText();
      }
    }
    return "";
  }

  private JsonNode object(String plural, String object) {
    String found =
        kubernetes.raw(
            "/apis/lambdarollouts.dev/v1alpha1/namespaces/" + name + "/" + plural + "/" + object);
    try {
      return found == null ? JSON.missingNode() : JSON.readTree(found);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(found, broken);
    }
  }

  /** A field of the rollout's first stage. */
  public String stage(String field) {
    return rollout(".status.stages[0]." + field);
  }
}
