package dev.lambdarollouts.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestClusterTest {

  /** Generous, for machines that do much else; what is waited for takes a second. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        TestCluster.start(
            ClusterOptions.defaults().withUser(ClusterUser.named("alice", "readers")));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void isReadyAndSpeaksTheVersionThatTheCrdsNeed() {
    assertThat(cluster.kubectl("get", "--raw", "/readyz").stdoutOrThrow()).isEqualTo("ok");
    assertThat(cluster.kubectl("get", "--raw", "/version").stdoutOrThrow())
        .containsPattern("\"minor\": \"(3[4-9]|[4-9]\\d)\"");
  }

  @Test
  void kubectlTellsItsExitCodeAndBothOutputs() {
    KubectlResult absent = cluster.kubectl("get", "configmap", "absent", "-n", "default");

    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.stdout()).isEmpty();
    assertThat(absent.stderr()).contains("\"absent\" not found");
    assertThatThrownBy(absent::stdoutOrThrow).hasMessageContaining("\"absent\" not found");
  }

  @Test
  void appliesAManifestFromStdin() {
    String namespace = cluster.createNamespace("apply");

    cluster.apply(configMap(namespace, "applied")).stdoutOrThrow();

    assertThat(cluster.kubectl("get", "configmap", "-n", namespace, "-o", "name").stdoutOrThrow())
        .contains("configmap/applied");
  }

  @Test
  void deniesAUserWhatNoRoleGivesAndAllowsWhatItsGroupMay() {
    String namespace = cluster.createNamespace("rbac");
    Kubectl alice = cluster.kubectlWith(cluster.kubeconfigFor("alice"));

    assertThat(alice.run("get", "configmaps", "-n", namespace).stderr())
        .contains("User \"alice\" cannot list resource \"configmaps\"");

    cluster
        .kubectl("create", "role", "read", "--verb=list", "--resource=configmaps", "-n", namespace)
        .stdoutOrThrow();
    cluster
        .kubectl("create", "rolebinding", "read", "--role=read", "--group=readers", "-n", namespace)
        .stdoutOrThrow();
    await().atMost(LIMIT).until(() -> alice.run("get", "configmaps", "-n", namespace).succeeded());
    assertThat(alice.run("create", "configmap", "mine", "-n", namespace).stderr())
        .contains("User \"alice\" cannot create resource \"configmaps\"");
  }

  @Test
  void letsAServiceAccountInByToken() {
    String namespace = cluster.createNamespace("accounts");
    cluster.kubectl("create", "serviceaccount", "operator", "-n", namespace).stdoutOrThrow();

    Kubectl operator =
        cluster.kubectlWith(cluster.kubeconfigForServiceAccount(namespace, "operator"));

    assertThat(
            operator
                .run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")
                .stdoutOrThrow())
        .isEqualTo("system:serviceaccount:" + namespace + ":operator");
  }

  @Test
  void namesTheUsersItKnowsWhenAskedForAnother() {
    assertThatThrownBy(() -> cluster.kubeconfigFor("bob"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bob")
        .hasMessageContaining("[admin, alice]");
  }

  @Test
  void enforcesTheCelRulesOfACrd() {
    cluster.apply(CRD_WITH_A_RULE).stdoutOrThrow();
    cluster
        .kubectl(
            "wait", "--for=condition=Established", "crd/ramps.test.example.com", "--timeout=30s")
        .stdoutOrThrow();
    String namespace = cluster.createNamespace("cel");

    await()
        .atMost(LIMIT)
        .until(() -> cluster.apply(ramp(namespace, "rising", "10, 50, 100")).succeeded());
    assertThat(cluster.apply(ramp(namespace, "falling", "50, 10")).stderr())
        .contains("weights only grow");
  }

  @Test
  void givesEveryNamespaceAnotherName() {
    assertThat(cluster.createNamespace("same")).isNotEqualTo(cluster.createNamespace("same"));
  }

  @Test
  void tellsWhyANamespaceIsRefused() {
    assertThatThrownBy(() -> cluster.createNamespace("Not_Allowed"))
        .hasMessageContaining("HTTP 422")
        .hasMessageContaining("Not_Allowed");
  }

  @Test
  void writesAKubeconfigThatOtherProgramsCanUse(@TempDir Path folder) throws Exception {
    Path kubeconfig = cluster.writeKubeconfig(folder.resolve("kubeconfig"));

    Process other =
        new ProcessBuilder(
                cluster.kubectlBinary().toString(),
                "--kubeconfig=" + kubeconfig,
                "--cache-dir=" + folder.resolve("cache"),
                "auth",
                "whoami")
            .redirectErrorStream(true)
            .start();

    assertThat(other.inputReader().readAllAsString()).contains("system:masters");
    assertThat(Files.readString(kubeconfig)).contains(cluster.apiServerUrl());
  }

  @Test
  void keepsUrlAndObjectsWhenTheApiServerGoesDownAndComesBack() {
    try (TestCluster fragile = TestCluster.start()) {
      String namespace = fragile.createNamespace("survives");
      String url = fragile.apiServerUrl();
      String kubeconfig = fragile.kubeconfig();

      fragile.stopApiServer();
      assertThat(fragile.processIds()).as("only etcd is left").hasSize(1);
      assertThat(fragile.kubectl("get", "namespaces").stderr()).contains("refused");

      fragile.startApiServer();
      assertThat(fragile.apiServerUrl()).isEqualTo(url);
      assertThat(fragile.kubectlWith(kubeconfig).run("get", "namespace", namespace).succeeded())
          .isTrue();

      fragile.restartApiServer();
      assertThat(fragile.kubectl("get", "namespace", namespace).succeeded()).isTrue();
    }
  }

  private static String configMap(String namespace, String name) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %s, namespace: %s}
    """
        .formatted(name, namespace);
  }

  private static String ramp(String namespace, String name, String weights) {
    return """
    apiVersion: test.example.com/v1
    kind: Ramp
    metadata: {name: %s, namespace: %s}
    spec: {weights: [%s]}
    """
        .formatted(name, namespace, weights);
  }

  private static final String CRD_WITH_A_RULE =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: ramps.test.example.com}
      spec:
        group: test.example.com
        names: {kind: Ramp, plural: ramps, singular: ramp}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    weights:
                      type: array
                      maxItems: 20
                      items: {type: integer}
                      x-kubernetes-validations:
                      - rule: self.isSorted()
                        message: weights only grow
      """;
}
