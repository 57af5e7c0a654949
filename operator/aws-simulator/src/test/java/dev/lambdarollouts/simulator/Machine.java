package dev.lambdarollouts.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What some tests need of the machine beside a JDK. Where it is missing they are skipped, and that
 * is said: a build tells only their number.
 */
public final class Machine {
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private Machine() {}

  /** Skips a test where no such program is on the PATH. */
  public static void assumeHas(String program) {
    assumeThat(isOnPath(program), program);
  }

  /**
   * Skips a test where something is missing.
   *
   * @param what in words for the build's output
   */
  static void assumeThat(boolean isThere, String what) {
    String missing = "This machine has no " + what;
    if (!isThere && TOLD.add(what)) {
      System.out.println("SKIPPED: " + missing + ". Tests that need it do not run.");
    }
    assumeTrue(isThere, missing);
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
