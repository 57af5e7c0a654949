package dev.lambdarollouts.acceptance.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Our chart, in the hands of the real helm. */
final class Chart {

  static final Path FOLDER = Path.of("../../helm/lambda-rollouts").toAbsolutePath().normalize();

  /** The least that has to be said: where the image is. */
  static final String LEAST = "image: {repository: registry.example/lambda-rollouts-operator}\n";

  private static final String KUBE_VERSION = "1.35.4";
  private static final YAMLMapper YAML = new YAMLMapper();

  private Chart() {}

  /** What it renders with {@link #LEAST} and these values (YAML). */
  static List<JsonNode> rendered(String values) {
    return parsed(text(LEAST + values));
  }

  /** What it renders with exactly these values, as helm says it, errors included. */
  static String text(String values) {
    return withValuesFile(
        values,
        file ->
            new Helm(FOLDER)
                .template()
                .withName("lr")
                .withNamespace("ops")
                .withKubeVersion(KUBE_VERSION)
                .withValuesFile(file)
                .call());
  }

  /** Does something with a file of values, which is gone afterwards. */
  static <T> T withValuesFile(String values, Function<Path, T> action) {
    try {
      Path file = Files.writeString(Files.createTempFile("values", ".yaml"), values);
      try {
        return action.apply(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> parsed(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String yaml(JsonNode resource) {
    try {
      return YAML.writeValueAsString(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> ofKind(List<JsonNode> resources, String... kinds) {
    return resources.stream()
        .filter(resource -> List.of(kinds).contains(resource.path("kind").asText()));
  }

  static JsonNode only(List<JsonNode> resources, String kind) {
    List<JsonNode> found = ofKind(resources, kind).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one " + kind + ", found " + found.size());
    }
    return found.getFirst();
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return array.valueStream();
  }

  static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toList();
  }
}
