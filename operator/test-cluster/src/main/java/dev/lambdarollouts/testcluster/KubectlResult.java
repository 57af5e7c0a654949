package dev.lambdarollouts.testcluster;

/**
 * What kubectl answered.
 *
 * @param exitCode 0 when it did what was asked
 */
public record KubectlResult(int exitCode, String stdout, String stderr) {

  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Its output.
   *
   * @throws IllegalStateException with what kubectl said on stderr, when it failed
   */
  public String stdoutOrThrow() {
    if (!succeeded()) {
      throw new IllegalStateException(
          "kubectl ended with exit code " + exitCode + ": " + stderr.strip());
    }
    return stdout;
  }
}
