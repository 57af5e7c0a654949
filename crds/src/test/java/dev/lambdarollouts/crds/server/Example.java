package dev.lambdarollouts.crds.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.generator.CrdManifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A manifest of {@code src/test/resources/examples}. Together they use every field of the API.
 *
 * @param name the file's, without its ending
 */
record Example(String name, ObjectNode object) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<Class<? extends LambdaRolloutsResource<?, ?>>, JSONSchemaProps> SCHEMAS =
      new ConcurrentHashMap<>();

  static List<Example> all() {
    try (var files = Files.list(Path.of("src/test/resources/examples"))) {
      return files.sorted().map(Example::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Example read(Path file) {
    try {
      return new Example(
          file.getFileName().toString().replace(".yaml", ""),
          (ObjectNode) YAML.readTree(file.toFile()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Class<? extends LambdaRolloutsResource<?, ?>> kind() {
    return CrdManifests.KINDS.stream()
        .filter(kind -> HasMetadata.getKind(kind).equals(object.get("kind").textValue()))
        .findFirst()
        .orElseThrow();
  }

  JSONSchemaProps schema() {
    return SCHEMAS.computeIfAbsent(kind(), CrdManifests::schema);
  }

  JsonNode half(String half) {
    return object.path(half);
  }

  /** The content of a half as the client takes it. */
  static Map<String, Object> asMap(JsonNode half) {
    return YAML.convertValue(half, new TypeReference<Map<String, Object>>() {});
  }

  @Override
  public String toString() {
    return name;
  }
}
