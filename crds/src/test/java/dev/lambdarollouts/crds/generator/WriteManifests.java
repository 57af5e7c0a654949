package dev.lambdarollouts.crds.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the CRD YAML into the folder that is given as the only argument. */
public final class WriteManifests {
  private WriteManifests() {}

  /** Run by {@code mvn -Pgenerate-crds -pl crds -am test-compile}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (var manifest : CrdManifests.byFileName().entrySet()) {
      Files.writeString(folder.resolve(manifest.getKey()), manifest.getValue());
    }
  }
}
