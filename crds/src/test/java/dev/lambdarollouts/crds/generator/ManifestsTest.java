package dev.lambdarollouts.crds.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  @Test
  void what_is_committed_is_what_the_records_say() throws IOException {
    SortedMap<String, String> committed = new TreeMap<>();
    try (var files = Files.list(CrdManifests.FOLDER)) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }

    assertThat(committed)
        .as("crds/manifests is stale: run `%s` and commit", CrdManifests.COMMAND)
        .isEqualTo(CrdManifests.byFileName());
  }
}
