package dev.lambdarollouts.testcluster.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The three programs of one Kubernetes release, executable on this machine. */
public record ClusterBinaries(Path kubeApiServer, Path etcd, Path kubectl) {

  /** The binaries in this folder, if all three are there and executable. */
  static Optional<ClusterBinaries> in(Path folder) {
    ClusterBinaries binaries =
        new ClusterBinaries(
            folder.resolve("kube-apiserver"), folder.resolve("etcd"), folder.resolve("kubectl"));
    boolean complete =
        Files.isExecutable(binaries.kubeApiServer)
            && Files.isExecutable(binaries.etcd)
            && Files.isExecutable(binaries.kubectl);
    return complete ? Optional.of(binaries) : Optional.empty();
  }
}
