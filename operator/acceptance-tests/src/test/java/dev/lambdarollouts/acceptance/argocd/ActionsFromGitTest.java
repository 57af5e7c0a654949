package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Argo CD's two accounts under the shipped admission policy, without and with the example's. */
class ActionsFromGitTest {
  private static final String ACCOUNTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: argocd}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: argocd-server, namespace: argocd}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: argocd-application-controller, namespace: argocd}
      ---
      # As Argo CD's installation: every verb on everything.
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: argocd-application-controller}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
      subjects:
        - {kind: ServiceAccount, name: argocd-application-controller, namespace: argocd}
      """;

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(60))
        .until(condition);
  }

  /** What creating an Approve comes to, by one of the accounts, under a name. */
  private static KubectlResult approve(TestCluster cluster, String account, String requestedBy) {
    return cluster
        .kubectlWith(cluster.kubeconfigForServiceAccount("argocd", account))
        .runWithInput(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: RolloutAction
            metadata: {name: approves, namespace: default}
            spec: {rolloutRef: {name: hello}, action: Approve, stage: prod, release: 1-bb, requestedBy: "%s"}
            """
                .formatted(requestedBy),
            "create",
            "--dry-run=server",
            "-f",
            "-");
  }

  private static KubectlResult approve(TestCluster cluster, String account) {
    return approve(cluster, account, "system:serviceaccount:argocd:" + account);
  }

  @Test
  void whatGitSyncsCountsAsAPersonUntilThePolicyOfTheExampleRefusesIt() {
    try (TestCluster cluster = TestCluster.start()) {
      cluster.kubectl("apply", "-f", Path.of("../../crds/manifests").toString()).stdoutOrThrow();
      cluster.kubectl("apply", "-f", Path.of("../../crds/policies").toString()).stdoutOrThrow();
      cluster
          .apply(
              String.join(
                  "\n---\n",
                  ACCOUNTS,
                  ArgoCd.text("generated/rbac-actions.yaml"),
                  ArgoCd.text("generated/rbac-approvals.yaml")))
          .stdoutOrThrow();
      await(
          "the shipped policy",
          () ->
              approve(cluster, "argocd-application-controller", "alice")
                  .stderr()
                  .contains("write your own user name"));
      await("the server's rights", () -> approve(cluster, "argocd-server").succeeded());
      assertThat(approve(cluster, "argocd-application-controller").succeeded())
          .as("why this is to be known")
          .isTrue();

      cluster.apply(ArgoCd.text("example/no-actions-from-git.yaml")).stdoutOrThrow();

      await(
          "the example's policy",
          () ->
              approve(cluster, "argocd-application-controller")
                  .stderr()
                  .contains("does not come from Git"));
      assertThat(approve(cluster, "argocd-server").stderr()).as("a click").isEmpty();
    }
  }
}
