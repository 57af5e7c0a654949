package dev.lambdarollouts.testcluster.binaries;

import dev.lambdarollouts.testcluster.process.FolderRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder in which binaries stay from run to run, laid out as fabric8's kube-api-test does:
 * {@code k8s/<version>-<os>-<arch>/}. So what one of the two has fetched serves the other.
 *
 * @param root {@code ~/.kubeapitest}, or what {@code KUBE_API_TEST_DIR} names
 */
record BinaryCache(Path root, BinaryRelease release, Platform platform) {

  private static final String SCRATCH_SUFFIX = ".tmp";

  static BinaryCache ofThisMachine() {
    return new BinaryCache(
        root(System::getenv, System.getProperty("user.home", ".")),
        BinaryRelease.CURRENT,
        Platform.current());
  }

  static Path root(Function<String, String> environment, String home) {
    return Optional.ofNullable(environment.apply("KUBE_API_TEST_DIR"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .orElse(Path.of(home, ".kubeapitest"))
        .toAbsolutePath();
  }

  /** The wanted release, else the newest complete patch release of the same minor. */
  Optional<ClusterBinaries> find() {
    return Stream.concat(Stream.of(folder(release.kubernetes())), otherPatches())
        .flatMap(folder -> ClusterBinaries.in(folder).stream())
        .findFirst();
  }

  /** Where the binaries of this Kubernetes version belong. */
  Path folder(String kubernetesVersion) {
    return versions().resolve(kubernetesVersion + "-" + platform);
  }

  /** The parent of all version folders. */
  Path versions() {
    return root.resolve("k8s");
  }

  /** Locked by the run that downloads or builds. */
  Path lockFile() {
    return versions().resolve(prefix() + "lock");
  }

  /**
   * Where this process downloads or builds: on the file system of the result, for atomic moves, and
   * a folder per process, because the guards of one that was killed may still be removing its own.
   */
  Path scratch() {
    return versions().resolve(prefix() + ProcessHandle.current().pid() + SCRATCH_SUFFIX);
  }

  /** Removes what earlier runs left. For the holder of the lock only. */
  void removeAbandonedScratch() throws IOException {
    try (Stream<Path> folders = Files.list(versions())) {
      folders
          .filter(folder -> folder.getFileName().toString().startsWith(prefix()))
          .filter(folder -> folder.getFileName().toString().endsWith(SCRATCH_SUFFIX))
          .toList()
          .forEach(FolderRemoval::remove);
    }
  }

  private String prefix() {
    return "." + release.kubernetes() + "-" + platform + ".";
  }

  /**
   * Moves a finished program into its folder, in one step: nobody ever sees half of it.
   *
   * @param program a file on the file system of the cache
   */
  void install(Path program, String name, String kubernetesVersion) throws IOException {
    Path folder = Files.createDirectories(folder(kubernetesVersion));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(program, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Stream<Path> otherPatches() {
    if (!Files.isDirectory(versions())) {
      return Stream.empty();
    }
    Pattern patch =
        Pattern.compile(
            Pattern.quote(release.minor()) + "\\.(\\d{1,4})-" + Pattern.quote(platform.toString()));
    Comparator<Path> byPatch = Comparator.comparingInt(folder -> patchOf(patch, folder));
    try (Stream<Path> folders = Files.list(versions())) {
      List<Path> matching =
          folders.filter(folder -> patchOf(patch, folder) >= 0).sorted(byPatch.reversed()).toList();
      return matching.stream();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list the binary cache " + versions(), e);
    }
  }

  private static int patchOf(Pattern patch, Path folder) {
    Matcher matcher = patch.matcher(folder.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
