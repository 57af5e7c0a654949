package dev.lambdarollouts.testcluster.binaries;

import dev.lambdarollouts.testcluster.process.FolderRemoval;
import dev.lambdarollouts.testcluster.process.GuardedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds the binaries from the Go modules, for machines that reach a Go module proxy and no release
 * archive. Takes 5 to 6 minutes on two cores (measured with Go 1.26) and about 2 GB of Go's caches.
 */
final class GoBuild implements BinarySource {

  /** One program: the module that its go.mod is for, its package, and what the linker sets. */
  private record Target(String name, String module, String mainPackage, String linkerFlags) {}

  @Override
  public String name() {
    return "build with Go";
  }

  @Override
  public Outcome fill(BinaryCache cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    Optional<Path> go = GuardedProcess.programOnPath("go");
    if (go.isEmpty()) {
      return new Outcome.Unavailable("there is no `go` on the PATH");
    }
    FolderRemoval.remove(cache.scratch());
    Files.createDirectories(cache.scratch());
    try {
      build(new GoCommand(go.get(), cache, progress), cache, progress);
    } catch (SourceFailed e) {
      return new Outcome.Unavailable(e.reason());
    } finally {
      FolderRemoval.remove(cache.scratch());
    }
    return new Outcome.Filled();
  }

  private static void build(GoCommand go, BinaryCache cache, Consumer<String> progress)
      throws IOException, InterruptedException, SourceFailed {
    BinaryRelease release = cache.release();
    progress.accept(
        "test-cluster: building Kubernetes %s and etcd %s with Go into %s; this takes some minutes, once"
            .formatted(release.kubernetes(), release.etcd(), cache.folder(release.kubernetes())));
    Path kubernetes = Files.createDirectories(cache.scratch().resolve("kubernetes"));
    Path etcd = Files.createDirectories(cache.scratch().resolve("etcd"));
    String downloaded =
        go.run(
            cache.scratch(),
            "fetching the module k8s.io/kubernetes",
            List.of("mod", "download", "-json", "k8s.io/kubernetes@v" + release.kubernetes()));
    String upstream = Files.readString(Path.of(GoModule.goModFile(downloaded)));
    Files.writeString(kubernetes.resolve("go.mod"), GoModule.forKubernetes(upstream, release));
    Files.writeString(etcd.resolve("go.mod"), GoModule.forEtcd(release));

    List<Target> targets = targets(release);
    for (Target target : targets) {
      String step =
          "building %s (%d of %d)"
              .formatted(target.name(), targets.indexOf(target) + 1, targets.size());
      if (Files.isExecutable(cache.folder(release.kubernetes()).resolve(target.name()))) {
        continue; // An earlier run came this far.
      }
      Path folder = cache.scratch().resolve(target.module());
      Path program = folder.resolve(target.name());
      go.run(
          folder,
          step,
          List.of(
              "build",
              "-v",
              "-mod=mod",
              "-trimpath",
              "-ldflags",
              target.linkerFlags(),
              "-o",
              program.toString(),
              target.mainPackage()));
      cache.install(program, target.name(), release.kubernetes());
    }
  }

  private static List<Target> targets(BinaryRelease release) {
    String[] version = release.kubernetes().split("\\.", -1);
    String variable = " -X k8s.io/component-base/version.";
    String stripped = "-s -w";
    String kubernetesFlags =
        stripped
            + (variable + "gitVersion=v" + release.kubernetes())
            + (variable + "gitMajor=" + version[0])
            + (variable + "gitMinor=" + version[1]);
    return List.of(
        new Target(ClusterBinaries.ETCD, "etcd", "go.etcd.io/etcd/server/v3", stripped),
        new Target(
            ClusterBinaries.KUBECTL,
            "kubernetes",
            "k8s.io/kubernetes/cmd/kubectl",
            kubernetesFlags),
        new Target(
            ClusterBinaries.KUBE_API_SERVER,
            "kubernetes",
            "k8s.io/kubernetes/cmd/kube-apiserver",
            kubernetesFlags));
  }
}
