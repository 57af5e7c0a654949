package dev.lambdarollouts.testcluster.binaries;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the go.mod of a module of ours from which the binaries can be built. {@code go install
 * k8s.io/kubernetes/cmd/kube-apiserver@version} is refused, because Kubernetes replaces its staging
 * modules by folders of its repository, and such replacements count only in the main module. So our
 * main module requires the same versions and replaces each staging module by its published release.
 */
final class GoModule {

  private static final Pattern BLOCKS =
      Pattern.compile(
          "^(?:go|godebug) [^(\n]+$|^(?:godebug|require) \\(.*?^\\)",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern STAGING_REPLACEMENT =
      Pattern.compile("^\\s*(?:replace\\s+)?(\\S+) => \\./staging/\\S+$", Pattern.MULTILINE);

  /** A staging module's version in Kubernetes' own go.mod; pseudo-versions go on with a dash. */
  private static final Pattern BARE_VERSION = Pattern.compile(" v0\\.0\\.0(?=\\s)");

  private GoModule() {}

  /**
   * The go.mod for kube-apiserver and kubectl.
   *
   * @param upstream the go.mod of k8s.io/kubernetes in this release
   * @throws IllegalArgumentException when it does not look like one
   */
  static String forKubernetes(String upstream, BinaryRelease release) {
    String staging = "v0" + release.kubernetes().substring(release.kubernetes().indexOf('.'));
    List<String> parts = new ArrayList<>();
    parts.add("module test-cluster/kubernetes");
    BLOCKS
        .matcher(upstream)
        .results()
        .map(block -> BARE_VERSION.matcher(block.group()).replaceAll(" " + staging))
        .forEach(parts::add);
    parts.add("require k8s.io/kubernetes v" + release.kubernetes());
    List<String> replacements =
        STAGING_REPLACEMENT
            .matcher(upstream)
            .results()
            .map(found -> found.group(1))
            .map(module -> "replace " + module + " => " + module + " " + staging)
            .toList();
    if (replacements.isEmpty()) {
      throw new IllegalArgumentException(
          "the go.mod of k8s.io/kubernetes v%s replaces no staging module: the build recipe needs a new look"
              .formatted(release.kubernetes()));
    }
    parts.add(String.join("\n", replacements));
    return String.join("\n\n", parts) + "\n";
  }

  /** The go.mod for etcd; its own dependencies suffice. */
  static String forEtcd(BinaryRelease release) {
    return """
    module test-cluster/etcd

    go 1.25.0

    require go.etcd.io/etcd/server/v3 v%s
    """
        .formatted(release.etcd());
  }

  /**
   * The file of a module's go.mod, from what {@code go mod download -json} printed.
   *
   * @throws IllegalArgumentException when it is not there
   */
  static String goModFile(String downloadJson) {
    Matcher found = Pattern.compile("\"GoMod\":\\s*\"([^\"]+)\"").matcher(downloadJson);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "`go mod download -json` printed no GoMod field: " + downloadJson.strip());
    }
    return found.group(1);
  }
}
