package dev.lambdarollouts.testcluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

  /** Generous, for machines that do much else; what is waited for takes a second. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = folder.resolve("log");
  }

  @Test
  void passesExitCodeOutputAndEnvironment() throws Exception {
    try (GuardedProcess process =
        start(List.of("sh", "-c", "echo $GREETING; echo bad >&2; exit 7"))) {
      assertThat(process.endsWithin(LIMIT)).isTrue();
      assertThat(process.exitCode()).isEqualTo(7);
    }
    assertThat(log).content().contains("hello there").contains("bad");
  }

  @Test
  void aCommandThatDoesNotExistEndsWithACodeAndAMessage() throws Exception {
    try (GuardedProcess process = start(List.of(folder.resolve("no-such-program").toString()))) {
      assertThat(process.endsWithin(LIMIT)).isTrue();
      assertThat(process.exitCode()).isNotZero();
    }
    assertThat(log).content().contains("no-such-program");
  }

  @Test
  void closingKillsTheCommandAndItsChildren() throws Exception {
    Path childPid = folder.resolve("child");
    GuardedProcess process =
        start(List.of("sh", "-c", "sleep 1000 & echo $! > child.tmp; mv child.tmp child; wait"));
    await().atMost(LIMIT).until(() -> Files.exists(childPid));
    long child = Long.parseLong(Files.readString(childPid).strip());
    assertThat(process.isAlive()).isTrue();

    process.close();

    assertThat(process.isAlive()).isFalse();
    await().atMost(LIMIT).until(() -> !isAlive(process.pid()) && !isAlive(child));
    assertThat(folder).as("the owner of the folder is alive and removes it itself").exists();
  }

  @Test
  void aCommandThatIgnoresTermIsKilledAllTheSame() {
    GuardedProcess process =
        start(List.of("sh", "-c", "trap '' TERM INT HUP; touch ready; while :; do sleep 1; done"));
    await().atMost(LIMIT).until(() -> Files.exists(folder.resolve("ready")));

    process.close();

    await().atMost(LIMIT).until(() -> !isAlive(process.pid()));
  }

  @Test
  void findsProgramsOnThePath() {
    assertThat(GuardedProcess.programOnPath("sh")).isPresent();
    assertThat(GuardedProcess.programOnPath("no-such-program-anywhere")).isEmpty();
  }

  private GuardedProcess start(List<String> command) {
    return GuardedProcess.start(
        command, folder, log, Map.of("GREETING", "hello there"), Optional.of(folder));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
