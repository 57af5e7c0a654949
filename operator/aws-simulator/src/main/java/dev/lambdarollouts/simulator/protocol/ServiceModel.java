package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a service checks of every request before its operation sees it, from the service's model:
 * required members, lengths, ranges, patterns and sets of values. A value of another kind than the
 * model's is let through: reading it is refused as a SerializationException.
 */
public final class ServiceModel {
  private final Map<String, Shape> inputs;

  private ServiceModel(Map<String, Shape> inputs) {
    this.inputs = inputs;
  }

  /**
   * Reads a table of constraints, as {@code src/model} makes it of a service model.
   *
   * @param resource its name beside {@code near}
   */
  public static ServiceModel read(Class<?> near, String resource) {
    try (InputStream in = near.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("No resource " + resource + " beside " + near);
      }
      JsonNode table = Json.MAPPER.readTree(in);
      Map<String, Shape> made = new HashMap<>();
      Map<String, Shape> inputs = new HashMap<>();
      table
          .path("operations")
          .properties()
          .forEach(
              entry ->
                  inputs.put(entry.getKey(), shape(table.path("shapes"), entry.getValue(), made)));
      return new ServiceModel(inputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses what the model does not allow, in AWS' words; all failures are told together. */
  public void check(String operation, Input input) {
    Shape shape = inputs.get(operation);
    if (shape != null) {
      Constraints constraints = new Constraints();
      shape.check(input.tree(), "", constraints);
      constraints.check();
    }
  }

  private static Shape shape(JsonNode shapes, JsonNode name, Map<String, Shape> made) {
    Shape known = made.get(name.asText());
    if (known != null) {
      return known;
    }
    JsonNode facts = shapes.path(name.asText());
    Shape.Limits limits = limits(facts);
    Shape shape =
        switch (facts.path("kind").asText()) {
          case "text" -> new Shape.Text(limits, pattern(facts), values(facts));
          case "integer" -> new Shape.Numeric(limits, false);
          case "double" -> new Shape.Numeric(limits, true);
          case "list" -> new Shape.ListOf(limits, part(shapes, facts, "member", made));
          case "map" ->
              new Shape.MapOf(
                  limits, part(shapes, facts, "key", made), part(shapes, facts, "value", made));
          case "structure" -> structure(shapes, facts, made);
          default -> throw new IllegalStateException("No such shape: " + name);
        };
    made.put(name.asText(), shape);
    return shape;
  }

  private static Shape structure(JsonNode shapes, JsonNode facts, Map<String, Shape> made) {
    Map<String, Shape.Member> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : facts.path("members").properties()) {
      JsonNode member = entry.getValue();
      members.put(
          entry.getKey(),
          new Shape.Member(
              member.path("from").asText(entry.getKey()),
              part(shapes, member, "shape", made),
              member.path("required").asBoolean()));
    }
    return new Shape.Structure(members);
  }

  private static @Nullable Shape part(
      JsonNode shapes, JsonNode facts, String part, Map<String, Shape> made) {
    return facts instanceof ObjectNode object && object.has(part)
        ? shape(shapes, object.path(part), made)
        : null;
  }

  private static Shape.Limits limits(JsonNode facts) {
    return new Shape.Limits(
        facts.has("min") ? facts.path("min").asDouble() : null,
        facts.has("max") ? facts.path("max").asDouble() : null,
        facts.path("sensitive").asBoolean());
  }

  private static @Nullable Pattern pattern(JsonNode facts) {
    return facts.has("pattern") ? Pattern.compile(facts.path("pattern").asText()) : null;
  }

  private static List<String> values(JsonNode facts) {
    return facts.has("enum") ? new Input((ObjectNode) facts).texts("enum") : List.of();
  }
}
