package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.crds.generator.CrdManifests;
import dev.lambdarollouts.testcluster.ClusterOptions;
import dev.lambdarollouts.testcluster.ClusterUser;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The shipped admission policy and roles, asked by two real users. On a cluster of its own: a
 * policy is the whole cluster's.
 */
class WhoMayDoWhatTest {
  private static final Path POLICIES = Path.of("policies").toAbsolutePath();

  @SuppressWarnings("NullAway.Init")
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        TestCluster.start(
            ClusterOptions.defaults()
                .withUser(ClusterUser.named("alice"))
                .withUser(ClusterUser.named("bob")));
    cluster.kubectl("apply", "-f", CrdManifests.FOLDER.toAbsolutePath().toString()).stdoutOrThrow();
    cluster
        .kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s")
        .stdoutOrThrow();
    cluster.kubectl("apply", "-f", POLICIES.toString()).stdoutOrThrow();
    cluster.kubectl("create", "namespace", "shop").stdoutOrThrow();
    bind("alice", "lambda-rollouts-editor");
    cluster
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: approves-prod, namespace: shop}
            rules:
              - {apiGroups: [lambdarollouts.dev], resources: [rolloutactions], verbs: [create]}
              - {apiGroups: [lambdarollouts.dev], resources: [lambdastages], resourceNames: [prod], verbs: [approve, reject]}
            """)
        .stdoutOrThrow();
    cluster
        .kubectl("create", "rolebinding", "bob", "-n", "shop", "--role=approves-prod", "--user=bob")
        .stdoutOrThrow();
    // A policy is asked a moment after it was made.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !create("admin", "Pause", "", "somebody", true).succeeded());
  }

  private static void bind(String user, String role) {
    cluster
        .kubectl(
            "create", "rolebinding", user, "-n", "shop", "--clusterrole=" + role, "--user=" + user)
        .stdoutOrThrow();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static KubectlResult create(
      String user, String verb, String more, String requestedBy, boolean dryRun) {
    String manifest =
        """
        apiVersion: lambdarollouts.dev/v1alpha1
        kind: RolloutAction
        metadata: {generateName: hello-, namespace: shop}
        spec: {rolloutRef: {name: hello}, action: %s%s%s}
        """
            .formatted(
                verb, more, requestedBy.isEmpty() ? "" : ", requestedBy: \"" + requestedBy + "\"");
    String[] arguments =
        dryRun
            ? new String[] {"create", "--dry-run=server", "-f", "-"}
            : new String[] {"create", "-f", "-"};
    return cluster.kubectlWith(cluster.kubeconfigFor(user)).runWithInput(manifest, arguments);
  }

  private static final String OF_PROD = ", stage: prod, release: 1-5f1c9a0b7d";
  private static final String OF_SIT = ", stage: sit, release: 1-5f1c9a0b7d";

  @Test
  void requestedByIsWhoeverMakesTheRequest() {
    assertThat(create("bob", "Approve", OF_PROD, "bob", false).succeeded()).isTrue();
    assertThat(create("bob", "Approve", OF_PROD, "alice", false).stderr())
        .contains("spec.requestedBy: found alice; write your own user name: bob");
    assertThat(create("bob", "Approve", OF_PROD, "", false).stderr())
        .contains("spec.requestedBy: found nothing; write your own user name: bob");
  }

  @Test
  void rbacSaysWhoMayApproveWhichStage() {
    assertThat(create("bob", "Approve", OF_SIT, "bob", false).stderr())
        .contains("bob may not approve lambdastages/sit in namespace shop");
    assertThat(create("alice", "Approve", OF_PROD, "alice", false).stderr())
        .contains("alice may not approve lambdastages/prod in namespace shop");
    assertThat(create("alice", "Promote", OF_PROD, "alice", false).succeeded()).isTrue();
    assertThat(create("alice", "PromoteFully", "", "alice", false).succeeded()).isTrue();
    assertThat(create("alice", "RollBack", "", "alice", false).succeeded()).isTrue();
  }

  @Test
  void withoutAStageTheRightToAllOfThemIsAsked() {
    assertThat(create("bob", "Abort", "", "bob", false).stderr())
        .contains("bob may not abort lambdastages (all of them, for spec.stage is absent)");
  }

  @Test
  void aDryRunOfTheServerIsAskedTheSame() {
    assertThat(create("bob", "Reject", OF_PROD, "bob", true).succeeded()).isTrue();
    assertThat(create("bob", "Reject", OF_PROD, "alice", true).stderr())
        .contains("spec.requestedBy: found alice; write your own user name: bob");
    assertThat(create("alice", "Reject", OF_PROD, "alice", true).stderr())
        .contains("alice may not reject");
  }

  @Test
  void theEditorChangesNeitherStagesNorAnyStatus() {
    for (String denied :
        new String[] {
          "patch lambdastages",
          "create lambdastages",
          "patch rolloutactions",
          "delete rolloutactions"
        }) {
      assertThat(mayAlice(denied.split(" ", 2))).as(denied).isFalse();
    }
    for (String kind :
        new String[] {
          "lambdarollouts", "lambdafunctions", "lambdastages", "rolloutstrategies", "rolloutactions"
        }) {
      assertThat(mayAlice("patch", kind, "--subresource=status")).as(kind).isFalse();
    }
    assertThat(mayAlice("patch", "lambdarollouts")).isTrue();
  }

  private static boolean mayAlice(String... what) {
    String[] arguments = new String[what.length + 4];
    arguments[0] = "auth";
    arguments[1] = "can-i";
    System.arraycopy(what, 0, arguments, 2, what.length);
    arguments[what.length + 2] = "-n";
    arguments[what.length + 3] = "shop";
    return cluster.kubectlWith(cluster.kubeconfigFor("alice")).run(arguments).succeeded();
  }
}
