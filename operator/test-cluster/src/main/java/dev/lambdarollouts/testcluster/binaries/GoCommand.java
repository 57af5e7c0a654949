package dev.lambdarollouts.testcluster.binaries;

import dev.lambdarollouts.testcluster.process.GuardedProcess;
import dev.lambdarollouts.testcluster.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Runs {@code go} for the platform of a cache and tells every ten seconds how far it is. */
final class GoCommand {

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);
  private static final Pattern IMPORT_PATH = Pattern.compile("[\\w.~-]+(/[\\w.~-]+)*");

  private final Path go;
  private final BinaryCache cache;
  private final Consumer<String> progress;

  GoCommand(Path go, BinaryCache cache, Consumer<String> progress) {
    this.go = go;
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * Runs it to its end.
   *
   * @param step what it does, for the progress
   * @return what it printed
   * @throws SourceFailed with the end of what it printed, when its exit code is not 0
   */
  String run(Path folder, String step, List<String> arguments)
      throws IOException, InterruptedException, SourceFailed {
    Path log = Files.createTempFile(cache.scratch(), "go-", ".log");
    Path temporary = Files.createDirectories(cache.scratch().resolve("go-tmp"));
    List<String> command = new ArrayList<>(List.of(go.toString()));
    command.addAll(arguments);
    long start = System.nanoTime();
    progress.accept("test-cluster: " + step);
    try (GuardedProcess process =
        GuardedProcess.start(
            command, folder, log, environment(temporary), Optional.of(cache.scratch()))) {
      while (!process.endsWithin(TELL_EVERY)) {
        progress.accept("test-cluster: %s, %s".formatted(step, soFar(start, log)));
      }
      if (process.exitCode() != 0) {
        throw new SourceFailed(
            "`go %s` ended with exit code %d: %s"
                .formatted(arguments.getFirst(), process.exitCode(), LogTail.of(log)));
      }
    }
    progress.accept("test-cluster: %s: done, %s".formatted(step, soFar(start, log)));
    return Files.readString(log);
  }

  private Map<String, String> environment(Path temporary) {
    return Map.of(
        "CGO_ENABLED",
        "0",
        "GOOS",
        cache.platform().os(),
        "GOARCH",
        cache.platform().arch(),
        // A go.work above the cache folder must not take part.
        "GOWORK",
        "off",
        // Lets an older Go fetch the newer one that the modules ask for.
        "GOTOOLCHAIN",
        "auto",
        // What a killed build leaves goes away with the scratch folder.
        "GOTMPDIR",
        temporary.toString());
  }

  /** Told -v, Go prints the import path of each package that it compiles. */
  private static String soFar(long start, Path log) throws IOException {
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    long packages = LogTail.lines(log).stream().filter(IMPORT_PATH.asMatchPredicate()).count();
    return packages == 0 ? seconds + " s" : seconds + " s, " + packages + " packages compiled";
  }
}
