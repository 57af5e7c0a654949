package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.FolderRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs kubectl as one user, untouched by this machine's own kubectl settings. */
public final class Kubectl {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path binary;
  private final ClusterFolder folder;
  private final String kubeconfig;

  Kubectl(Path binary, ClusterFolder folder, String kubeconfig) {
    this.binary = binary;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Runs kubectl with nothing on stdin and waits for its end, at most two minutes.
   *
   * @throws IllegalStateException when it takes longer
   */
  public KubectlResult run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Like {@link #run}, with this text on stdin: for {@code apply -f -}. */
  public KubectlResult runWithInput(String stdin, String... arguments) {
    try {
      Path work = Files.createTempDirectory(folder.path(), "kubectl-");
      try {
        return runIn(work, stdin, arguments);
      } finally {
        FolderRemoval.remove(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not run kubectl " + arguments[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl " + arguments[0] + " ran", e);
    }
  }

  private KubectlResult runIn(Path work, String stdin, String... arguments)
      throws IOException, InterruptedException {
    Path config = Files.writeString(work.resolve("kubeconfig"), kubeconfig);
    Path input = Files.writeString(work.resolve("stdin"), stdin);
    Path stdout = work.resolve("stdout");
    Path stderr = work.resolve("stderr");
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder.environment().put("KUBECONFIG", config.toString());
    builder.environment().put("KUBECACHEDIR", folder.kubectlCache().toString());
    builder.environment().put("KUBERC", "off");
    // It ends before collecting its garbage is worth anything.
    builder.environment().put("GOGC", "off");
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "kubectl %s did not end within %d s"
                .formatted(String.join(" ", arguments), LIMIT.toSeconds()));
      }
    } finally {
      process.destroyForcibly();
    }
    return new KubectlResult(
        process.exitValue(), Files.readString(stdout), Files.readString(stderr));
  }
}
