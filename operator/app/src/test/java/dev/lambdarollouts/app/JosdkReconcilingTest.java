package dev.lambdarollouts.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.app.cluster.ClusterClient;
import dev.lambdarollouts.app.configuration.NamespaceSelection;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class JosdkReconcilingTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final TestCluster cluster = SharedTestCluster.get();
  private final KubernetesClient client = ClusterClient.connect(cluster.kubeconfig());
  private final String namespace = cluster.createNamespace("josdk");
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void onlyTheWatchedNamespacesAreReconciledAndAStopThatFindsAllQuietSaysSo() {
    String other = cluster.createNamespace("josdk");
    put(other, "unseen");
    put(namespace, "seen");
    Reconciling reconciling =
        start(NamespaceSelection.of(List.of(namespace)), name -> told.add(name));

    awaitTold("seen");

    assertThat(reconciling.stop(LIMIT)).isTrue();
    assertThat(told).containsOnly("seen");
    put(namespace, "late");
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !told.contains("late"));
  }

  @Test
  void aStopWaitsForAReconcileUnderWay() throws InterruptedException {
    CountDownLatch stopping = new CountDownLatch(1);
    put(namespace, "slow");
    Reconciling reconciling =
        start(
            NamespaceSelection.of(List.of(namespace)),
            name -> {
              told.add("begins");
              awaitQuietly(stopping);
              told.add("ends");
            });
    awaitTold("begins");

    Thread stop = Thread.ofVirtual().start(() -> told.add("quiet: " + reconciling.stop(LIMIT)));
    stopping.countDown();
    stop.join();

    assertThat(told).containsExactly("begins", "ends", "quiet: true");
  }

  @Test
  void aStopThatCannotEndAReconcileSaysSo() {
    CountDownLatch never = new CountDownLatch(1);
    put(namespace, "stuck");
    Reconciling reconciling =
        start(
            NamespaceSelection.of(List.of(namespace)),
            name -> {
              told.add("begins");
              boolean interrupted = true;
              while (interrupted) {
                interrupted = awaitQuietly(never);
              }
            });
    awaitTold("begins");

    assertThat(reconciling.stop(LIMIT)).isFalse();
    never.countDown();
  }

  @Test
  void aReconcileThatFailsIsTriedAgain() {
    put(namespace, "failing");
    Reconciling reconciling =
        start(
            NamespaceSelection.of(List.of(namespace)),
            name -> {
              told.add("try " + (told.size() + 1));
              if (told.size() < 3) {
                throw new IllegalStateException("thrown by a test");
              }
            });

    awaitTold("try 3");
    reconciling.stop(LIMIT);
  }

  private Reconciling start(NamespaceSelection watched, Consumer<String> work) {
    return JosdkReconciling.start(
        client,
        watched,
        LIMIT,
        List.of(new ConfigMapReconciler(work)),
        failure -> told.add(failure.toString()));
  }

  private void put(String where, String name) {
    client
        .configMaps()
        .inNamespace(where)
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private void awaitTold(String what) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> told.contains(what));
  }

  /** Whether it was interrupted. */
  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  @ControllerConfiguration(name = "config-maps")
  private static final class ConfigMapReconciler implements Reconciler<ConfigMap> {
    private final Consumer<String> work;

    ConfigMapReconciler(Consumer<String> work) {
      this.work = work;
    }

    @Override
    public UpdateControl<ConfigMap> reconcile(ConfigMap map, Context<ConfigMap> context) {
      work.accept(map.getMetadata().getName());
      return UpdateControl.noUpdate();
    }
  }
}
