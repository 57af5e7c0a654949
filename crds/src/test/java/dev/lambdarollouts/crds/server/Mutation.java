package dev.lambdarollouts.crds.server;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * An example with one value that its schema does not allow.
 *
 * @param what which bound is broken
 * @param says what the refusal must hold
 */
record Mutation(What what, String path, ObjectNode object, List<String> says) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> STRANGE = List.of(" ", "!", "0", "a b");

  /** Bounds that can be broken. */
  enum What {
    TYPE,
    REQUIRED,
    ENUM,
    PATTERN,
    SHORTEST,
    LONGEST,
    LEAST,
    MOST,
    FEWEST_ITEMS,
    MOST_ITEMS,
    MOST_ENTRIES
  }

  /** All that a spot's schema forbids. */
  static Stream<Mutation> of(ObjectNode object, Spot spot) {
    Breaking breaking = new Breaking(object, spot);
    JSONSchemaProps schema = spot.schema();
    Stream.Builder<Mutation> all = Stream.builder();
    if (schema.getType() != null) {
      all.add(breaking.as(What.TYPE, otherType(schema), "must be of type " + typeName(schema)));
    }
    schema.getRequired().forEach(name -> all.add(breaking.without(name)));
    if (!schema.getEnum().isEmpty()) {
      all.add(
          breaking.as(What.ENUM, TextNode.valueOf("Strange"), "Unsupported value: \"Strange\""));
    }
    if ("string".equals(schema.getType())) {
      texts(schema, breaking, all);
    }
    if ("integer".equals(schema.getType()) || "number".equals(schema.getType())) {
      numbers(schema, breaking, all);
    }
    sizes(schema, spot.value(), breaking, all);
    return all.build();
  }

  private static void texts(
      JSONSchemaProps schema, Breaking breaking, Stream.Builder<Mutation> all) {
    if (schema.getPattern() != null) {
      int length = schema.getMinLength() == null ? 1 : schema.getMinLength().intValue();
      String strange =
          STRANGE.stream()
              .map(text -> text.repeat(length))
              .filter(text -> !text.matches(schema.getPattern()))
              .findFirst()
              .orElseThrow();
      all.add(breaking.as(What.PATTERN, TextNode.valueOf(strange), "should match"));
    }
    if (schema.getMinLength() != null && schema.getMinLength() > 0) {
      all.add(breaking.as(What.SHORTEST, TextNode.valueOf(""), "should be at least"));
    }
    if (schema.getMaxLength() != null) {
      String longer = "a".repeat(schema.getMaxLength().intValue() + 1);
      all.add(breaking.as(What.LONGEST, TextNode.valueOf(longer), "Too long"));
    }
  }

  private static void numbers(
      JSONSchemaProps schema, Breaking breaking, Stream.Builder<Mutation> all) {
    if (schema.getMinimum() != null) {
      all.add(
          breaking.as(
              What.LEAST,
              IntNode.valueOf(schema.getMinimum().intValue() - 1),
              "should be greater than or equal to"));
    }
    if (schema.getMaximum() != null) {
      all.add(
          breaking.as(
              What.MOST,
              DecimalNode.valueOf(BigDecimal.valueOf(schema.getMaximum().longValue() + 1)),
              "should be less than or equal to"));
    }
  }

  private static void sizes(
      JSONSchemaProps schema, JsonNode value, Breaking breaking, Stream.Builder<Mutation> all) {
    if (schema.getMinItems() != null && schema.getMinItems() > 0) {
      all.add(breaking.as(What.FEWEST_ITEMS, JSON.arrayNode(), "should have at least"));
    }
    if (schema.getMaxItems() != null) {
      ArrayNode many = JSON.arrayNode();
      for (int count = 0; count <= schema.getMaxItems(); count++) {
        many.add(value.get(0));
      }
      all.add(breaking.as(What.MOST_ITEMS, many, "must have at most"));
    }
    if (schema.getMaxProperties() != null) {
      ObjectNode many = JSON.objectNode();
      for (int count = 0; count <= schema.getMaxProperties(); count++) {
        many.set("NAME_" + count, value.elements().next());
      }
      all.add(breaking.as(What.MOST_ENTRIES, many, "must have at most"));
    }
  }

  private static String typeName(JSONSchemaProps schema) {
    return "date-time".equals(schema.getFormat()) ? "date-time" : schema.getType();
  }

  private static JsonNode otherType(JSONSchemaProps schema) {
    return "boolean".equals(schema.getType()) ? IntNode.valueOf(1) : BooleanNode.TRUE;
  }

  private record Breaking(ObjectNode object, Spot spot) {
    Mutation as(What what, JsonNode value, String says) {
      ObjectNode copy = object.deepCopy();
      JsonPointer last = spot.pointer().last();
      JsonNode parent = copy.at(spot.pointer().head());
      if (parent instanceof ArrayNode array) {
        array.set(last.getMatchingIndex(), value);
      } else {
        ((ObjectNode) parent).set(last.getMatchingProperty(), value);
      }
      return new Mutation(what, spot.path(), copy, List.of(spot.path() + ":", says));
    }

    Mutation without(String name) {
      ObjectNode copy = object.deepCopy();
      ((ObjectNode) copy.at(spot.pointer())).remove(name);
      String path = spot.path() + "." + name;
      return new Mutation(What.REQUIRED, path, copy, List.of(path + ": Required value"));
    }
  }
}
