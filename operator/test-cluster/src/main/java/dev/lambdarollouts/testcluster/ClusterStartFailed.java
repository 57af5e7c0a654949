package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.LogTail;
import java.nio.file.Path;
import java.time.Duration;

/** etcd or kube-apiserver did not come up; the message has the end of its log. */
public final class ClusterStartFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final boolean portTaken;

  private ClusterStartFailed(String message, boolean portTaken) {
    super(message);
    this.portTaken = portTaken;
  }

  static ClusterStartFailed because(String reason) {
    return new ClusterStartFailed(reason, false);
  }

  static ClusterStartFailed ended(String program, int exitCode, Path log) {
    String tail = LogTail.of(log);
    return new ClusterStartFailed(
        "%s ended with exit code %d while it started; the end of its log:\n%s"
            .formatted(program, exitCode, tail),
        tail.contains("address already in use"));
  }

  static ClusterStartFailed late(String program, Duration limit, Path log) {
    return because(
        "%s was not ready within %d s; the end of its log:\n%s"
            .formatted(program, limit.toSeconds(), LogTail.of(log)));
  }

  /** Whether someone took the port between our look and the start: then another try may help. */
  boolean portTaken() {
    return portTaken;
  }
}
