package dev.lambdarollouts.testcluster.binaries;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the list of archives with kube-apiserver, etcd and kubectl that Kubernetes publishes. */
final class EnvtestIndex {

  /**
   * An archive.
   *
   * @param kubernetesVersion without {@code v}
   * @param sha512 of the archive, hexadecimal
   */
  record Archive(String kubernetesVersion, URI address, String sha512) {
    private int patch() {
      return Integer.parseInt(kubernetesVersion.substring(kubernetesVersion.lastIndexOf('.') + 1));
    }
  }

  private EnvtestIndex() {}

  /** The archive of this release for the platform, else of the newest patch of the same minor. */
  static Optional<Archive> choose(String index, BinaryRelease release, Platform platform) {
    List<Archive> archives = archives(index, release.minor(), platform);
    return archives.stream()
        .filter(archive -> archive.kubernetesVersion().equals(release.kubernetes()))
        .findFirst()
        .or(() -> archives.stream().max(Comparator.comparingInt(Archive::patch)));
  }

  /** The index is YAML of one shape: a key per archive, and below it its hash and its link. */
  private static List<Archive> archives(String index, String minor, Platform platform) {
    Pattern entry =
        Pattern.compile(
            "^\\s+envtest-v(%s\\.\\d{1,4})-%s\\.tar\\.gz:\\s*\n\\s+hash:\\s*(\\p{XDigit}{128})\\s*\n\\s+selfLink:\\s*(\\S+)"
                .formatted(Pattern.quote(minor), Pattern.quote(platform.toString())),
            Pattern.MULTILINE);
    List<Archive> archives = new ArrayList<>();
    entry
        .matcher(index)
        .results()
        .forEach(
            found ->
                archives.add(
                    new Archive(found.group(1), URI.create(found.group(3)), found.group(2))));
    return archives;
  }
}
