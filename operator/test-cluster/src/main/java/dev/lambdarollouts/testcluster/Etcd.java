package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.GuardedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster's store: one member, in the cluster's folder, without fsync. */
final class Etcd implements AutoCloseable {

  private final GuardedProcess process;
  private final String url;

  private final Path log;

  private Etcd(GuardedProcess process, String url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  static Etcd start(Path binary, ClusterFolder folder) {
    String url = "http://127.0.0.1:" + FreePort.find();
    List<String> command =
        List.of(
            binary.toString(),
            "--name=test-cluster",
            "--data-dir=" + folder.etcdData(),
            "--unsafe-no-fsync",
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            // No other member: any port will do, and 0 lets the kernel choose.
            "--listen-peer-urls=http://127.0.0.1:0",
            "--log-level=warn");
    GuardedProcess process =
        GuardedProcess.start(
            command, folder.path(), folder.etcdLog(), Map.of(), Optional.of(folder.path()));
    return new Etcd(process, url, folder.etcdLog());
  }

  String url() {
    return url;
  }

  GuardedProcess process() {
    return process;
  }

  /** Absent while it runs. Without it the API server only says that it was not ready. */
  Optional<ClusterStartFailed> whyItEnded() {
    return process.isAlive()
        ? Optional.empty()
        : Optional.of(ClusterStartFailed.ended("etcd", process.exitCode(), log));
  }

  @Override
  public void close() {
    process.close();
  }
}
