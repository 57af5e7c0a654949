package dev.lambdarollouts.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.aws.InstallationIdentity;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentitySecretTest {

  private final TestCluster cluster = SharedTestCluster.get();
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(cluster.kubeconfig())).build();
  private final String namespace = cluster.createNamespace("identity");

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsMadeOnceAndReadEverAfter() {
    InstallationIdentity made = IdentitySecret.readOrMake(client, namespace);

    assertThat(made.id()).matches("[0-9a-f]{16}");
    assertThat(made.key()).hasSize(32);
    assertSame(IdentitySecret.readOrMake(client, namespace), made);
    assertThat(secret().getImmutable()).isTrue();
  }

  @Test
  void ofManyWhoStartAtOnceAllTakeTheSame() throws Exception {
    int starters = 8;
    CyclicBarrier together = new CyclicBarrier(starters);
    List<Future<InstallationIdentity>> started = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(starters)) {
      for (int i = 0; i < starters; i++) {
        started.add(
            threads.submit(
                () -> {
                  together.await();
                  return IdentitySecret.readOrMake(client, namespace);
                }));
      }
      InstallationIdentity first = started.getFirst().get();
      for (Future<InstallationIdentity> each : started) {
        assertSame(each.get(), first);
      }
    }
  }

  @Test
  void aRestoredOneIsTakenAsItIs() {
    put(Map.of("id", "0123456789abcdef", "key", "a".repeat(32)));

    InstallationIdentity identity = IdentitySecret.readOrMake(client, namespace);

    assertThat(identity.id()).isEqualTo("0123456789abcdef");
    assertThat(identity.key()).isEqualTo("a".repeat(32).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNoIdentityIsRefusedWithARemedyAndWithoutTheKey() {
    put(Map.of("id", "0123456789abcdef", "key", "too short"));

    assertThatThrownBy(() -> IdentitySecret.readOrMake(client, namespace))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lambda-rollouts-identity")
        .hasMessageContaining("Restore it")
        .message()
        .doesNotContain("too short");
  }

  @Test
  void anAbsentNamespaceIsMadeAndOneThatIsThereIsLeft() {
    String absent = namespace + "-made";

    OwnNamespace.ensure(client, absent);
    String made = client.namespaces().withName(absent).get().getMetadata().getUid();
    OwnNamespace.ensure(client, absent);

    assertThat(client.namespaces().withName(absent).get().getMetadata().getUid()).isEqualTo(made);
  }

  private static void assertSame(InstallationIdentity one, InstallationIdentity other) {
    assertThat(one.id()).isEqualTo(other.id());
    assertThat(one.key()).isEqualTo(other.key());
  }

  private Secret secret() {
    return client.secrets().inNamespace(namespace).withName(IdentitySecret.NAME).get();
  }

  private void put(Map<String, String> data) {
    SecretBuilder secret =
        new SecretBuilder().withNewMetadata().withName(IdentitySecret.NAME).endMetadata();
    data.forEach(
        (key, value) ->
            secret.addToData(
                key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    client.secrets().inNamespace(namespace).resource(secret.build()).create();
  }
}
