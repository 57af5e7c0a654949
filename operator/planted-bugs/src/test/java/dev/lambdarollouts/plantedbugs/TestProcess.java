package dev.lambdarollouts.plantedbugs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the tests of one module in a process of its own, with a bug before everything else. */
final class TestProcess {
  /** Ten times what the slowest module's tests take. A bug that makes them hang is caught too. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private final Path root;
  private final String launcher;

  /**
   * @param launcher class path of {@link FirstFailure} and of what it needs
   */
  TestProcess(Path root, String launcher) {
    this.root = root;
    this.launcher = launcher;
  }

  /**
   * The first test of the module that fails.
   *
   * @param bug folder of its classes
   * @param classPath of the module's tests
   * @return absent when all pass
   */
  Optional<String> firstFailure(Path module, Path bug, String classPath)
      throws IOException, InterruptedException {
    Path home = root.resolve(module);
    Path log = bug.resolveSibling(module.getFileName() + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-cp",
                    String.join(File.pathSeparator, bug.toString(), classPath, launcher),
                    FirstFailure.class.getName(),
                    home.resolve("target/test-classes").toString()))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return Optional.of("tests of " + module.getFileName() + " that never end");
    }
    Optional<String> caught =
        Files.readAllLines(log).stream()
            .filter(line -> line.startsWith(FirstFailure.CAUGHT))
            .map(line -> line.substring(FirstFailure.CAUGHT.length()))
            .findFirst();
    if (caught.isEmpty() && process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + ", see " + log);
    }
    return caught;
  }
}
