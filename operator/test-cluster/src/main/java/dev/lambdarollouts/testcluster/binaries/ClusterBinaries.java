package dev.lambdarollouts.testcluster.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The three programs of one Kubernetes release, executable on this machine. */
public record ClusterBinaries(Path kubeApiServer, Path etcd, Path kubectl) {

  static final String KUBE_API_SERVER = "kube-apiserver";
  static final String ETCD = "etcd";
  static final String KUBECTL = "kubectl";
  static final List<String> NAMES = List.of(KUBE_API_SERVER, ETCD, KUBECTL);

  /** The binaries in this folder, if all three are there and executable. */
  static Optional<ClusterBinaries> in(Path folder) {
    ClusterBinaries binaries =
        new ClusterBinaries(
            folder.resolve(KUBE_API_SERVER), folder.resolve(ETCD), folder.resolve(KUBECTL));
    boolean complete =
        Files.isExecutable(binaries.kubeApiServer)
            && Files.isExecutable(binaries.etcd)
            && Files.isExecutable(binaries.kubectl);
    return complete ? Optional.of(binaries) : Optional.empty();
  }
}
