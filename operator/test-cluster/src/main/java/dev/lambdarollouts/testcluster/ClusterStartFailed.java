package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.LogTail;
import java.nio.file.Path;
import java.time.Duration;

/** etcd or kube-apiserver did not come up; the message has the end of its log. */
public final class ClusterStartFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Above it the exit code tells the signal that ended the program, or, 255, klog's Fatal: a start
   * hook of kube-apiserver gave up, as happens on a machine that is busy.
   */
  private static final int ENDED_OTHERWISE = 128;

  private final boolean mayPass;

  private ClusterStartFailed(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  static ClusterStartFailed because(String reason) {
    return new ClusterStartFailed(reason, false);
  }

  static ClusterStartFailed ended(String program, int exitCode, Path log) {
    String tail = LogTail.of(log);
    return new ClusterStartFailed(
        "%s ended with exit code %d while it started; the end of its log:\n%s"
            .formatted(program, exitCode, tail),
        exitCode > ENDED_OTHERWISE || tail.contains("address already in use"));
  }

  static ClusterStartFailed late(String program, Duration limit, Path log) {
    return because(
        "%s was not ready within %d s; the end of its log:\n%s"
            .formatted(program, limit.toSeconds(), LogTail.of(log)));
  }

  /**
   * Whether another try may help: someone took the port between our look and the start, a start
   * hook gave up, or something killed the program. A flag that is refused stays refused.
   */
  boolean mayPass() {
    return mayPass;
  }
}
