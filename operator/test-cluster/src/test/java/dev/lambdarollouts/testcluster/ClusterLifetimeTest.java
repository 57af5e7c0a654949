package dev.lambdarollouts.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of a cluster outlives it. */
class ClusterLifetimeTest {

  /** Generous, for machines that do much else; what is waited for takes a second. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void closingLeavesNoProcessAndNoFolder() {
    TestCluster cluster = TestCluster.start();
    List<Long> processes = cluster.processIds();
    assertThat(processes).hasSize(2).allMatch(ClusterLifetimeTest::isAlive);

    cluster.close();

    assertThat(processes).noneMatch(ClusterLifetimeTest::isAlive);
    assertThat(cluster.temporaryFolder()).doesNotExist();
    cluster.close();
  }

  @Test
  void twoRunAtTheSameTimeAndDoNotSeeEachOther() {
    try (TestCluster one = TestCluster.start();
        TestCluster other = TestCluster.start()) {
      String namespace = one.createNamespace("mine");
      assertThat(one.kubectl("get", "namespace", namespace).succeeded()).isTrue();
      assertThat(other.kubectl("get", "namespace", namespace).stderr()).contains("not found");
      assertThat(other.kubectlWith(one.kubeconfig()).run("get", "namespace", namespace).succeeded())
          .isTrue();
    }
  }

  @Test
  void aFlagThatTheApiServerRefusesIsToldAndNothingIsLeft() {
    long before = clusterFolders();

    assertThatThrownBy(
            () -> TestCluster.start(ClusterOptions.defaults().withApiServerFlag("--no-such-flag")))
        .isInstanceOf(ClusterStartFailed.class)
        .hasMessageContaining("kube-apiserver ended with exit code 1")
        .hasMessageContaining("no-such-flag");

    assertThat(clusterFolders()).isEqualTo(before);
  }

  @Test
  void aStartThatTakesTooLongIsGivenUp() {
    ClusterOptions impatient = ClusterOptions.defaults().withStartLimit(Duration.ofMillis(1));

    assertThatThrownBy(() -> TestCluster.start(impatient))
        .isInstanceOf(ClusterStartFailed.class)
        .hasMessageContaining("not ready within");
  }

  @Test
  void theSharedClusterIsOneAndTheSame() {
    assertThat(SharedTestCluster.get()).isSameAs(SharedTestCluster.get());
    assertThat(SharedTestCluster.get().processIds()).hasSize(2);
  }

  @Test
  void aJvmThatEndsWithoutClosingTakesItsClusterAlong() throws Exception {
    OtherJvm jvm = OtherJvm.start("exit");

    assertThat(jvm.process().waitFor()).isZero();

    assertThat(jvm.clusterProcesses()).hasSize(2).noneMatch(ClusterLifetimeTest::isAlive);
    assertThat(jvm.clusterFolder()).doesNotExist();
  }

  @Test
  void aJvmThatIsKilledTakesItsClusterAlong() throws Exception {
    OtherJvm jvm = OtherJvm.start("stay");
    assertThat(jvm.clusterProcesses()).hasSize(2).allMatch(ClusterLifetimeTest::isAlive);

    jvm.process().destroyForcibly();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(jvm.clusterProcesses()).noneMatch(ClusterLifetimeTest::isAlive);
              assertThat(jvm.clusterFolder()).doesNotExist();
            });
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static long clusterFolders() {
    String ofThisJvm = "test-cluster-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(ofThisJvm)).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A JVM of its own with a cluster, which tells on stdout what belongs to it. */
  private record OtherJvm(Process process, Path clusterFolder, List<Long> clusterProcesses) {

    static OtherJvm start(String thenWhat) throws IOException {
      Path complaints = Files.createTempFile("other-jvm-", ".stderr");
      complaints.toFile().deleteOnExit();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ClusterOwner.class.getName(),
                  thenWhat)
              .redirectError(complaints.toFile())
              .start();
      List<String> said = process.inputReader().lines().limit(2).toList();
      assertThat(said)
          .as("the folder and the processes; it complained: %s", Files.readString(complaints))
          .hasSize(2);
      List<Long> pids = Stream.of(said.get(1).split(" ", -1)).map(Long::valueOf).toList();
      return new OtherJvm(process, Path.of(said.get(0)), pids);
    }
  }
}
