package dev.lambdarollouts.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.app.configuration.OperatorConfiguration.LeaderElection;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class LeadershipTest {

  private static final LeaderElection SETTINGS =
      new LeaderElection(
          true, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(500));

  private final TestCluster cluster = SharedTestCluster.get();
  private final String namespace = cluster.createNamespace("leadership");
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  @Test
  void oneLeadsAndTheOtherWaits() {
    Leadership first = leadership("first", SETTINGS);
    first.start();
    awaitTold("first leads");
    Leadership second = leadership("second", SETTINGS);
    second.start();

    await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(first::isLeading);

    assertThat(second.isLeading()).isFalse();
    assertThat(told).containsExactly("first leads");
  }

  @Test
  void aLeaseThatIsGivenBackIsTakenLongBeforeItWouldHaveExpiredAndNobodyIsToldThatItWasLost() {
    Leadership first = leadership("first", SETTINGS);
    first.start();
    awaitTold("first leads");
    leadership("second", SETTINGS).start();

    long released = System.nanoTime();
    first.close();
    awaitTold("second leads");

    assertThat(Duration.ofNanos(System.nanoTime() - released)).isLessThan(Duration.ofSeconds(12));
    assertThat(told).containsExactly("first leads", "second leads");
  }

  @Test
  void aLeaseThatIsGivenBackIsNobodys() {
    Leadership first = leadership("first", SETTINGS);
    first.start();
    awaitTold("first leads");

    first.close();

    assertThat(lease().getSpec().getHolderIdentity()).isNull();
  }

  @Test
  void aLeaseThatIsLeftToExpireStaysTheLeadersTillThen() {
    Leadership first = leadership("first", SETTINGS);
    first.start();
    awaitTold("first leads");

    first.leaveToExpire();

    assertThat(first.isLeading()).isFalse();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("first");
    assertThat(told).containsExactly("first leads");
  }

  @Test
  void whenAnotherTakesTheLeaseAwayTheLeaderIsToldOnce() {
    Leadership first = leadership("first", SETTINGS);
    first.start();
    awaitTold("first leads");

    admin()
        .leases()
        .inNamespace(namespace)
        .withName(Leadership.LEASE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"holderIdentity\":\"somebody else\"}}");
    awaitTold("first lost");

    assertThat(first.isLeading()).isFalse();
    first.close();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("somebody else");
    assertThat(told).containsExactly("first leads", "first lost");
  }

  @Test
  void whenTheApiServerIsGoneTheLeaderIsToldBeforeItsLeaseExpires() {
    LeaderElection settings =
        new LeaderElection(
            true, Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofMillis(500));
    try (TestCluster own = TestCluster.start();
        KubernetesClient client = client(own)) {
      String ownNamespace = own.createNamespace("leadership");
      try (Leadership leader =
          new Leadership(
              client,
              ownNamespace,
              settings,
              "leader",
              () -> told.add("leads"),
              () -> told.add("lost"))) {
        leader.start();
        awaitTold("leads");

        long gone = System.nanoTime();
        own.stopApiServer();
        awaitTold("lost");

        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(6));
        assertThat(leader.isLeading()).isFalse();
      }
    }
  }

  private Leadership leadership(String name, LeaderElection settings) {
    Leadership leadership =
        new Leadership(
            admin(),
            namespace,
            settings,
            name,
            () -> told.add(name + " leads"),
            () -> told.add(name + " lost"));
    toClose.add(leadership);
    return leadership;
  }

  private Lease lease() {
    return admin().leases().inNamespace(namespace).withName(Leadership.LEASE).get();
  }

  private KubernetesClient admin() {
    KubernetesClient client = client(cluster);
    toClose.add(client);
    return client;
  }

  private static KubernetesClient client(TestCluster cluster) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
        .build();
  }

  private void awaitTold(String what) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> told.contains(what));
  }
}
