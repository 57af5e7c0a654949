package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The test files of Argo CD's folder layout, read as its own tests read them. */
class OwnTestFilesTest {
  private static final String KIND = "resource_customizations/lambdarollouts.dev/LambdaRollout/";

  @Test
  void healthIsAsHealthTestYamlSays() {
    List<JsonNode> tests =
        ArgoCd.yaml(ArgoCd.text(KIND + "health_test.yaml")).path("tests").valueStream().toList();

    assertThat(tests)
        .isNotEmpty()
        .allSatisfy(
            test -> {
              JsonNode expected = test.path("healthStatus");
              assertThat(ArgoCd.health(object(KIND, test)))
                  .isEqualTo(
                      new ArgoCd.Health(
                          expected.path("status").asText(), expected.path("message").asText()));
            });
    assertThat(tests.stream().map(test -> object(KIND, test).at("/status/phase").asText()))
        .as("each phase has an object")
        .containsAll(Arrays.stream(RolloutPhase.values()).map(RolloutPhase::toString).toList());
  }

  @Test
  void actionsAreAsActionTestYamlSays() throws IOException {
    String folder = KIND + "actions/";
    JsonNode tests = ArgoCd.yaml(ArgoCd.text(folder + "action_test.yaml"));

    assertThat(tests.path("discoveryTests").valueStream())
        .isNotEmpty()
        .allSatisfy(
            test -> {
              Map<String, Boolean> lit = new TreeMap<>();
              test.path("result")
                  .forEach(
                      one -> lit.put(one.path("name").asText(), !one.path("disabled").asBoolean()));
              assertThat(ArgoCd.actions(object(folder, test))).isEqualTo(lit);
            });
    assertThat(tests.path("actionTests").valueStream())
        .allSatisfy(
            test -> {
              JsonNode expected =
                  ArgoCd.yaml(ArgoCd.text(folder + test.path("expectedOutputPath").asText()));
              assertThat(expected).hasSize(1);
              assertThat(expected.path(0).path("k8sOperation").asText()).isEqualTo("create");
              assertThat(ArgoCd.click(test.path("action").asText(), object(folder, test)))
                  .isEqualTo(expected.path(0).path("unstructuredObj"));
            });
    assertThat(tests.path("actionTests").valueStream().map(test -> test.path("action").asText()))
        .as("each action has a test")
        .containsExactlyInAnyOrderElementsOf(actions(folder));
  }

  private static JsonNode object(String folder, JsonNode test) {
    return ArgoCd.yaml(ArgoCd.text(folder + test.path("inputPath").asText()));
  }

  private static List<String> actions(String folder) throws IOException {
    try (Stream<Path> found = Files.list(ArgoCd.FOLDER.resolve(folder))) {
      return found
          .filter(one -> Files.exists(one.resolve("action.lua")))
          .map(one -> one.getFileName().toString())
          .toList();
    }
  }
}
