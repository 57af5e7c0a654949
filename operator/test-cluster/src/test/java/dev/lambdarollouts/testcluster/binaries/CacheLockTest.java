package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {

  /** Generous, for machines that do much else; what is waited for takes a second. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void aSecondThreadWaitsSaysForWhatAndThenGoesOn() throws Exception {
    Path file = folder.resolve("not-yet-there/lock");
    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> second;
    try (CacheLock _ = CacheLock.take(file, said::add)) {
      assertThat(said).isEmpty();
      second = CompletableFuture.runAsync(() -> takeAndGiveBack(file, said));
      await().atMost(LIMIT).until(() -> !said.isEmpty());
      assertThat(second).isNotDone();
    }

    assertThat(second).succeedsWithin(LIMIT);
    assertThat(said.getFirst()).contains("waiting for another thread of this process");
  }

  @Test
  void anotherProcessWaitsAndNamesTheOneItWaitsFor() throws Exception {
    Path file = folder.resolve("lock");
    Process other;
    try (CacheLock _ = CacheLock.take(file, line -> {})) {
      other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockTaker.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String firstLine = other.inputReader().readLine();
      assertThat(firstLine).contains("waiting for process " + ProcessHandle.current().pid() + ",");
      assertThat(other.isAlive()).isTrue();
    }
    assertThat(other.inputReader().readAllAsString()).contains("taken");
    assertThat(other.waitFor()).isZero();
  }

  private static void takeAndGiveBack(Path file, List<String> said) {
    try (CacheLock _ = CacheLock.take(file, said::add)) {
      assertThat(file).exists();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
