package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.FolderRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The temporary folder of one cluster: data, keys, logs. Nothing of a cluster lies elsewhere. */
record ClusterFolder(Path path) {

  /** A new one, with the id of this process in its name. */
  static ClusterFolder create() {
    try {
      return new ClusterFolder(
          Files.createTempDirectory("test-cluster-" + ProcessHandle.current().pid() + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a temporary folder for the cluster", e);
    }
  }

  Path etcdData() {
    return path.resolve("etcd");
  }

  Path etcdLog() {
    return path.resolve("etcd.log");
  }

  Path apiServerLog() {
    return path.resolve("kube-apiserver.log");
  }

  Path tokens() {
    return path.resolve("tokens.csv");
  }

  /** kube-apiserver puts its self-signed certificate here, and finds it again after a restart. */
  Path certificates() {
    return path.resolve("certificates");
  }

  /** The server's certificate and, after it, that of the authority that signed it. */
  Path caCertificate() {
    return certificates().resolve("apiserver.crt");
  }

  Path kubectlCache() {
    return path.resolve("kubectl-cache");
  }

  void delete() {
    FolderRemoval.remove(path);
  }
}
