package dev.lambdarollouts.testcluster.binaries;

import java.util.Locale;

/**
 * An operating system and processor, named as Go and the Kubernetes release archives name them.
 *
 * @param os {@code linux} or {@code darwin}
 * @param arch {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /**
   * Translates the JVM's names.
   *
   * @throws BinariesUnavailable when kube-apiserver is not published for that platform
   */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    return new Platform(
        switch (os) {
          case "linux" -> "linux";
          case "mac os x", "darwin" -> "darwin";
          default -> throw unsupported("operating system", "os.name", osName);
        },
        switch (arch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> throw unsupported("processor", "os.arch", osArch);
        });
  }

  private static BinariesUnavailable unsupported(String what, String property, String found) {
    return new BinariesUnavailable(
        "no kube-apiserver for the "
            + what
            + " '"
            + found
            + "' ("
            + property
            + "): run this on Linux or macOS (on Windows: in WSL), on amd64 or arm64");
  }

  @Override
  public String toString() {
    return os + "-" + arch;
  }
}
