package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EnvtestIndexTest {

  private static final Platform LINUX = new Platform("linux", "amd64");
  private static final BinaryRelease RELEASE = new BinaryRelease("1.35.4", "3.6.16");

  @Test
  void choosesTheReleaseWhenItIsListed() {
    String index =
        index(
            entry("1.35.0", "linux-amd64"),
            entry("1.35.4", "linux-amd64"),
            entry("1.35.9", "linux-amd64"));

    assertThat(EnvtestIndex.choose(index, RELEASE, LINUX))
        .contains(
            new EnvtestIndex.Archive(
                "1.35.4",
                URI.create("https://example.com/envtest-v1.35.4-linux-amd64.tar.gz"),
                "0123456789abcdef".repeat(8)));
  }

  @Test
  void elseTheNewestPatchOfTheSameMinor() {
    String index =
        index(
            entry("1.35.2", "linux-amd64"),
            entry("1.35.10", "linux-amd64"),
            entry("1.36.0", "linux-amd64"));

    assertThat(EnvtestIndex.choose(index, RELEASE, LINUX))
        .hasValueSatisfying(
            archive -> assertThat(archive.kubernetesVersion()).isEqualTo("1.35.10"));
  }

  @Test
  void nothingOfAnotherPlatformOrMinor() {
    String index = index(entry("1.35.4", "darwin-arm64"), entry("1.34.1", "linux-amd64"));

    assertThat(EnvtestIndex.choose(index, RELEASE, LINUX)).isEmpty();
    assertThat(EnvtestIndex.choose("<html>log in first</html>", RELEASE, LINUX)).isEmpty();
  }

  static String index(String... entries) {
    return "releases:\n  v1.35:\n" + String.join("", entries);
  }

  private static String entry(String version, String platform) {
    return entry(
        version,
        platform,
        "0123456789abcdef".repeat(8),
        "https://example.com/envtest-v%s-%s.tar.gz".formatted(version, platform));
  }

  static String entry(String version, String platform, String hash, String link) {
    return """
        %4$senvtest-v%1$s-%2$s.tar.gz:
        %4$s  hash: %3$s
        %4$s  selfLink: %5$s
    """
        .formatted(version, platform, hash, "", link);
  }
}
