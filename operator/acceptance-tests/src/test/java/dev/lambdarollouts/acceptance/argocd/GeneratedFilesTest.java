package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
  @TempDir Path folder;

  @Test
  void whatIsGeneratedIsWhatItIsGeneratedFrom() throws Exception {
    Map<String, String> committed = copied();

    generate();

    assertThat(files(folder)).as("run generate").isEqualTo(committed);
  }

  @Test
  void theAccountOfTheServerStandsInOnePlace() throws Exception {
    copied();
    Files.writeString(
        folder.resolve("server-account.txt"), "system:serviceaccount:gitops:server\n");

    generate();

    Map<String, String> generated = files(folder);
    generated.remove("README.md");
    assertThat(generated.values())
        .noneMatch(text -> text.contains("argocd-server\""))
        .filteredOn(text -> text.contains("\"system:serviceaccount:gitops:server\""))
        .as("nine actions and what their tests expect, the patch, the values and two bindings")
        .hasSize(22);
  }

  @Test
  void anAccountThatWouldBeMoreThanANameIsRefused() throws Exception {
    copied();
    Files.writeString(folder.resolve("server-account.txt"), "a\" .. secret .. \"\n");

    Process process = run();

    assertThat(process.waitFor()).isNotZero();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("server-account.txt: one line, a Kubernetes user name");
  }

  @Test
  void thePatchAndTheValuesSayTheSame() {
    JsonNode patch = ArgoCd.yaml(ArgoCd.text("generated/argocd-cm-patch.yaml")).path("data");

    assertThat(patch.size()).isEqualTo(7);
    assertThat(ArgoCd.yaml(ArgoCd.text("generated/argo-cd-values.yaml")).path("configs").path("cm"))
        .isEqualTo(patch);
    assertThat(patch.toString())
        .as("the argo-cd chart may run its values through tpl")
        .doesNotContain("{{");
  }

  private Map<String, String> copied() throws IOException {
    Map<String, String> all = files(ArgoCd.FOLDER);
    for (Map.Entry<String, String> file : all.entrySet()) {
      Path to = folder.resolve(file.getKey());
      Files.createDirectories(to.resolveSibling("."));
      Files.writeString(to, file.getValue());
    }
    return all;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }

  private void generate() throws Exception {
    Process process = run();
    assertThat(process.waitFor())
        .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
  }

  private Process run() throws IOException {
    return new ProcessBuilder(List.of("sh", folder.resolve("generate").toString()))
        .redirectErrorStream(true)
        .start();
  }
}
