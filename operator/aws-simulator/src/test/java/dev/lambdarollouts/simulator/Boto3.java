package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * boto3, from the package registry into the build folder. Needs python3 with pip; a test is skipped
 * where there is none.
 */
final class Boto3 {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path FOLDER = Path.of("target", "boto3");

  private Boto3() {}

  /** Starts a script of the test resources. */
  static Process python(String script, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add("python3");
    line.add(RESOURCES.resolve(script).toString());
    line.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(line).redirectErrorStream(true);
    command.environment().put("PYTHONPATH", FOLDER.toString());
    return command.start();
  }

  static void install() throws Exception {
    Machine.assumeThat(run("python3", "-m", "pip", "--version") == 0, "python3 with pip");
    Path requirements = RESOURCES.resolve("boto3-requirements.txt");
    Path installed = FOLDER.resolve("boto3-requirements.txt");
    if (Files.exists(installed) && Files.mismatch(installed, requirements) < 0) {
      return;
    }
    int exit =
        run(
            "python3",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            "--no-compile",
            "--upgrade",
            "--target",
            FOLDER.toString(),
            "-r",
            requirements.toString());
    assertThat(exit).as("pip install of boto3 into " + FOLDER).isZero();
    Files.copy(requirements, installed);
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
