package dev.lambdarollouts.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestClusterTest {

  @Test
  void startsAnswersAndLeavesNothingBehind() {
    List<Long> processes;
    Path folder;
    try (TestCluster cluster = TestCluster.start()) {
      processes = cluster.processIds();
      folder = cluster.temporaryFolder();
      assertThat(cluster.kubectl("get", "--raw", "/readyz").stdoutOrThrow()).isEqualTo("ok");
      assertThat(processes).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }
    assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(folder).doesNotExist();
  }
}
