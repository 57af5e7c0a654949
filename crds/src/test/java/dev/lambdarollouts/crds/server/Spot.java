package dev.lambdarollouts.crds.server;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.crds.generator.CrdManifests;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value of an object beside the schema that it must fit.
 *
 * @param path as the API server names it, {@code spec.stages[0].stageRef}
 * @param pointer to it from the object's root
 * @param kind path without the positions, {@code spec.stages[].stageRef}; a map's values are {@code
 *     {}}
 */
record Spot(JSONSchemaProps schema, JsonNode value, String path, JsonPointer pointer, String kind) {

  /** A half of an object. */
  static Spot of(JSONSchemaProps root, JsonNode object, String half) {
    return new Spot(
        CrdManifests.property(root, half),
        object.path(half),
        half,
        JsonPointer.compile("/" + half),
        half);
  }

  /** This spot and all below it; nothing below a free-form tree. */
  Stream<Spot> walk() {
    return Stream.concat(Stream.of(this), below().flatMap(Spot::walk));
  }

  private Stream<Spot> below() {
    if (value.isObject() && schema.getAdditionalProperties() != null) {
      JSONSchemaProps content = schema.getAdditionalProperties().getSchema();
      return value.properties().stream()
          .map(entry -> property(content, entry.getKey(), entry.getValue(), ".{}"));
    }
    if (value.isObject()) {
      return value.properties().stream()
          .filter(entry -> schema.getProperties().containsKey(entry.getKey()))
          .map(
              entry ->
                  property(
                      CrdManifests.property(schema, entry.getKey()),
                      entry.getKey(),
                      entry.getValue(),
                      "." + entry.getKey()));
    }
    return IntStream.range(0, value.isArray() ? value.size() : 0)
        .mapToObj(
            index ->
                new Spot(
                    schema.getItems().getSchema(),
                    value.get(index),
                    path + "[" + index + "]",
                    pointer.appendIndex(index),
                    kind + "[]"));
  }

  private Spot property(JSONSchemaProps below, String name, JsonNode content, String step) {
    return new Spot(below, content, path + "." + name, pointer.appendProperty(name), kind + step);
  }

  /** The kinds of all spots that a schema allows, from this one on. */
  static Stream<String> kindsOf(JSONSchemaProps schema, String kind) {
    Stream<String> below = Stream.empty();
    if (schema.getAdditionalProperties() != null) {
      below = kindsOf(schema.getAdditionalProperties().getSchema(), kind + ".{}");
    } else if (schema.getItems() != null) {
      below = kindsOf(schema.getItems().getSchema(), kind + "[]");
    } else {
      below =
          schema.getProperties().entrySet().stream()
              .flatMap(entry -> kindsOf(entry.getValue(), kind + "." + entry.getKey()));
    }
    return Stream.concat(Stream.of(kind), below);
  }
}
