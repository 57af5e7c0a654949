package dev.lambdarollouts.acceptance.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import dev.lambdarollouts.app.LambdaRolloutsOperator;
import dev.lambdarollouts.app.UnexpectedEnd;
import dev.lambdarollouts.app.cluster.ClusterClient;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.time.SystemTimeSource;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a cluster of its own: helm will not share CustomResourceDefinitions with other tests. */
class ChartInstallationTest {

  private static final String VALUES =
      Chart.LEAST + "watchNamespaces: [shop]\nsecretsNamespaces: [shop]\n";

  @SuppressWarnings("NullAway.Init")
  private static TestCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    cluster
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: ops
              labels:
                pod-security.kubernetes.io/enforce: restricted
                pod-security.kubernetes.io/enforce-version: latest
                pod-security.kubernetes.io/warn: restricted
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """)
        .stdoutOrThrow();
    Release installed =
        Chart.withValuesFile(
            VALUES,
            file ->
                new Helm(Chart.FOLDER)
                    .install()
                    .withName("lr")
                    .withNamespace("ops")
                    .withValuesFile(file)
                    .withKubeConfigContents(cluster.kubeconfig())
                    .call());
    assertThat(installed.getStatus()).isEqualTo("deployed");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void allThatItInstallsIsThereAndTheApiServes() {
    assertThat(
            cluster
                .kubectl("get", "deployment,configmap,serviceaccount", "-n", "ops", "-o", "name")
                .stdoutOrThrow())
        .contains(
            "deployment.apps/lr-lambda-rollouts",
            "configmap/lr-lambda-rollouts",
            "serviceaccount/lr-lambda-rollouts");
    assertThat(
            cluster
                .kubectl(
                    "wait",
                    "--for=condition=Established",
                    "--timeout=30s",
                    "crd",
                    "lambdarollouts.lambdarollouts.dev",
                    "lambdafunctions.lambdarollouts.dev",
                    "lambdastages.lambdarollouts.dev",
                    "rolloutstrategies.lambdarollouts.dev",
                    "rolloutactions.lambdarollouts.dev")
                .exitCode())
        .isZero();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .kubectl("api-resources", "--categories=lambda-rollouts", "-o", "name")
                            .stdoutOrThrow()
                            .lines())
                    .hasSize(5));
  }

  @Test
  void installedAgainNothingChanges() {
    String before = generation();
    Release upgraded =
        Chart.withValuesFile(
            VALUES,
            file ->
                new Helm(Chart.FOLDER)
                    .upgrade()
                    .withName("lr")
                    .withNamespace("ops")
                    .withValuesFile(file)
                    .withKubeConfigContents(cluster.kubeconfig())
                    .call());

    assertThat(upgraded.getStatus()).isEqualTo("deployed");
    assertThat(generation()).isEqualTo(before).isEqualTo("1");
  }

  @Test
  void aNamespaceThatEnforcesRestrictedTakesItsPods() {
    KubectlResult created = createPod(pod -> {});

    assertThat(created.exitCode()).as(created.stderr()).isZero();
    assertThat(created.stderr()).doesNotContain("Warning");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"runAsNonRoot", "seccompProfile", "allowPrivilegeEscalation", "capabilities"})
  void thatNamespaceRefusesThemWithoutAnyOneOfItsRestrictions(String restriction) {
    KubectlResult refused =
        createPod(
            pod -> {
              ((ObjectNode) pod.path("spec").path("securityContext")).remove(restriction);
              ((ObjectNode) pod.path("spec").path("containers").path(0).path("securityContext"))
                  .remove(restriction);
            });

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.stderr()).contains("violates PodSecurity").contains(restriction);
  }

  @Test
  void itsContainerCannotWriteToItsImageAndHasLimits() {
    JsonNode container = podSpec().path("containers").path(0);

    assertThat(container.path("securityContext").path("readOnlyRootFilesystem").asBoolean())
        .isTrue();
    assertThat(container.path("resources").path("limits").path("memory").asText()).isNotEmpty();
    assertThat(container.path("livenessProbe").path("httpGet").path("path").asText())
        .isEqualTo("/healthz");
    assertThat(container.path("readinessProbe").path("httpGet").path("path").asText())
        .isEqualTo("/readyz");
  }

  @Test
  void itsServiceAccountMayDoWhatItMustAndNoMore() {
    assertThat(
            List.of(
                may("patch", "lambdarollouts/status", "shop"),
                may("watch", "lambdafunctions", "shop"),
                may("delete", "rolloutactions", "shop"),
                may("create", "events", "shop"),
                may("get", "secrets/any", "shop"),
                may("get", "secrets/lambda-rollouts-identity", "ops"),
                may("create", "secrets", "ops"),
                may("patch", "leases/lambda-rollouts-operator", "ops")))
        .containsOnly("yes");
    assertThat(
            List.of(
                may("create", "lambdarollouts", "shop"),
                may("update", "lambdarollouts", "shop"),
                may("delete", "lambdarollouts", "shop"),
                may("patch", "rolloutstrategies", "shop"),
                may("create", "rolloutactions", "shop"),
                may("patch", "secrets/any", "shop"),
                may("get", "secrets/any", "ops"),
                may("list", "secrets", "ops"),
                may("update", "secrets/lambda-rollouts-identity", "ops"),
                may("patch", "leases/another", "ops"),
                may("get", "secrets/any", "default"),
                may("watch", "lambdafunctions", "default"),
                may("create", "pods", "shop"),
                may("get", "nodes", "")))
        .containsOnly("no");
  }

  @Test
  void withTheRightsAndTheConfigurationOfTheChartTheOperatorLeadsAndSeesWhatItWatches()
      throws IOException {
    String configuration =
        Chart.only(Chart.parsed(Chart.text(VALUES)), "ConfigMap")
            .path("data")
            .path("configuration.yaml")
            .asText();
    Path file = Files.writeString(folder.resolve("configuration.yaml"), configuration);
    List<UnexpectedEnd> ends = new CopyOnWriteArrayList<>();
    try (SystemTimeSource time = new SystemTimeSource();
        KubernetesClient client =
            ClusterClient.connect(
                cluster.kubeconfigForServiceAccount("ops", "lr-lambda-rollouts"));
        LambdaRolloutsOperator operator =
            LambdaRolloutsOperator.start(
                ConfigurationReader.read(
                    Map.of(
                        "LAMBDA_ROLLOUTS_CONFIG",
                        file.toString(),
                        "LAMBDA_ROLLOUTS_HTTP_PORT",
                        "0")),
                client,
                time,
                new SimpleMeterRegistry(),
                ends::add)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> operator.leaderSince() != null || !ends.isEmpty());

      assertThat(ends).isEmpty();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(lease("{.spec.renewTime}"))
                      .isNotEqualTo(lease("{.spec.acquireTime}")));
      assertThat(lease("{.spec.holderIdentity}")).isNotEmpty();
    }
    assertThat(lease("{.spec.holderIdentity}")).as("given back").isEmpty();
    assertThat(cluster.kubectl("get", "secret", "lambda-rollouts-identity", "-n", "ops").exitCode())
        .isZero();
  }

  private static String lease(String jsonPath) {
    return cluster
        .kubectl(
            "get", "lease", "lambda-rollouts-operator", "-n", "ops", "-o", "jsonpath=" + jsonPath)
        .stdoutOrThrow();
  }

  private static String may(String verb, String resource, String namespace) {
    return cluster
        .kubectl(
            "auth",
            "can-i",
            verb,
            resource,
            "-n",
            namespace,
            "--as=system:serviceaccount:ops:lr-lambda-rollouts")
        .stdout()
        .strip();
  }

  /**
   * What a kubelet's cluster would make of the Deployment: there is no controller here to do it.
   */
  private static KubectlResult createPod(Consumer<JsonNode> change) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1");
    pod.put("kind", "Pod");
    pod.putObject("metadata").put("name", "operator").put("namespace", "ops");
    pod.set("spec", podSpec());
    change.accept(pod);
    return cluster
        .kubectlWith(cluster.kubeconfig())
        .runWithInput(Chart.yaml(pod), "create", "--dry-run=server", "-f", "-");
  }

  private static JsonNode podSpec() {
    return Chart.only(
            Chart.rendered("watchNamespaces: [shop]\nsecretsNamespaces: [shop]\n"), "Deployment")
        .path("spec")
        .path("template")
        .path("spec");
  }

  private static String generation() {
    return cluster
        .kubectl(
            "get",
            "deployment",
            "lr-lambda-rollouts",
            "-n",
            "ops",
            "-o",
            "jsonpath={.metadata.generation}")
        .stdoutOrThrow();
  }
}
