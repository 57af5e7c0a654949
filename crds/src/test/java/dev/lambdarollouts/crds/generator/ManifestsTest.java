package dev.lambdarollouts.crds.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  @Test
  void what_is_committed_is_what_the_records_say() throws IOException {
    SortedMap<String, String> wanted = CrdManifests.byFileName();
    SortedMap<String, String> committed = new TreeMap<>();
    try (var files = Files.list(CrdManifests.FOLDER)) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }

    Set<String> stale = new TreeSet<>(wanted.keySet());
    stale.addAll(committed.keySet());
    stale.removeIf(name -> Objects.equals(wanted.get(name), committed.get(name)));
    assertThat(stale)
        .as("stale in crds/manifests: run `%s` and commit what it writes", CrdManifests.COMMAND)
        .isEmpty();
  }
}
