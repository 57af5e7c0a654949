package dev.lambdarollouts.functions.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests, the zips and the alarm name each other; a typo in one would strand a newcomer. */
class ManifestsTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void aReleaseNamesItsZipAndTheHandlerInIt(ReleaseZip release) throws IOException {
    JsonNode spec = function(release).required("spec");

    assertThat(spec.at("/code/s3/key").asText()).isEqualTo(release.path().getFileName().toString());
    assertThat(spec.required("handler").asText())
        .isEqualTo(release.start().getClass().getName() + "::handleRequest");
    assertThat(release.release()).startsWith(spec.required("releaseName").asText());
  }

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void releasesDifferInTheirNameAndTheirCodeOnly(ReleaseZip release) throws IOException {
    assertThat(withoutNameAndCode(function(release)))
        .isEqualTo(withoutNameAndCode(function(new ReleaseZip("1.0.0"))));
  }

  @Test
  void theRolloutNamesTheFunctionTheStageAndTheStrategy() throws IOException {
    JsonNode spec = pipeline("LambdaRollout").required("spec");

    assertThat(spec.at("/functionRef/name")).isEqualTo(name(function(new ReleaseZip("1.0.0"))));
    assertThat(spec.at("/stages/0/stageRef/name")).isEqualTo(name(pipeline("LambdaStage")));
    assertThat(spec.at("/stages/0/strategyRef/name")).isEqualTo(name(pipeline("RolloutStrategy")));
  }

  @Test
  void theStrategyWatchesTheAlarmAndTheAlarmWatchesTheAlias() throws IOException {
    JsonNode stage = pipeline("LambdaStage");
    JsonNode strategy = pipeline("RolloutStrategy");
    JsonNode alarm = new ObjectMapper().readTree(Path.of("alarm.json").toFile());
    String functionName =
        stage
            .at("/spec/functionNameTemplate")
            .asText()
            .replace("{function}", name(function(new ReleaseZip("1.0.0"))).asText())
            .replace("{stage}", name(stage).asText());

    assertThat(alarm.required("AlarmName").asText())
        .isEqualTo(
            strategy.at("/spec/alarms/0/name").asText().replace("{functionName}", functionName));
    assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo(functionName);
    assertThat(alarm.at("/Dimensions/1/Value").asText())
        .isEqualTo(functionName + ":" + stage.at("/spec/alias").asText());
  }

  private static JsonNode function(ReleaseZip release) throws IOException {
    return YAML.readTree(Path.of("manifests", "release-" + release + ".yaml").toFile());
  }

  /** The object of this kind in {@code rollout.yaml}. */
  private static JsonNode pipeline(String kind) throws IOException {
    try (var documents =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(Path.of("manifests", "rollout.yaml").toFile())) {
      return documents.readAll().stream()
          .filter(document -> document.required("kind").asText().equals(kind))
          .findAny()
          .orElseThrow();
    }
  }

  private static JsonNode name(JsonNode object) {
    return object.required("metadata").required("name");
  }

  private static JsonNode withoutNameAndCode(JsonNode function) {
    ObjectNode copy = function.deepCopy();
    copy.withObject("/spec").remove("releaseName");
    copy.withObject("/spec").remove("code");
    return copy;
  }
}
