package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation was given, by the member names of the service model. The query protocol knows
 * text only, so numbers, booleans and times are read from text too. A member that is absent or null
 * reads as null (or as an empty list or map); a member of the wrong kind is a
 * SerializationException.
 */
public record Input(ObjectNode tree) {

  public boolean has(String member) {
    return node(member) != null;
  }

  public @Nullable JsonNode node(String member) {
    JsonNode node = tree.get(member);
    return node == null || node.isNull() ? null : node;
  }

  public @Nullable String text(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!node.isValueNode()) {
      throw wrongKind(member, "a string");
    }
    return node.asText();
  }

  /** The text of a member that the model requires; null gives AWS' validation error. */
  public String required(String member) {
    String text = text(member);
    if (text == null) {
      throw missing(member);
    }
    return text;
  }

  /** The object of a member that the model requires. */
  public Input requiredObject(String member) {
    Input object = object(member);
    if (object == null) {
      throw missing(member);
    }
    return object;
  }

  /** The number of a member that the model requires. */
  public int requiredInteger(String member) {
    Integer integer = integer(member);
    if (integer == null) {
      throw missing(member);
    }
    return integer;
  }

  public String text(String member, String otherwise) {
    String text = text(member);
    return text == null ? otherwise : text;
  }

  public @Nullable Integer integer(String member) {
    Double number = number(member);
    return number == null ? null : (Integer) number.intValue();
  }

  public @Nullable Double number(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    try {
      return Double.valueOf(node.asText());
    } catch (NumberFormatException e) {
      throw wrongKind(member, "a number");
    }
  }

  public boolean flag(String member) {
    JsonNode node = node(member);
    return node != null && node.asBoolean();
  }

  public @Nullable Instant instant(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    try {
      return node.isNumber()
          ? Instant.ofEpochMilli(Math.round(node.doubleValue() * 1000))
          : Instant.parse(node.asText());
    } catch (DateTimeParseException e) {
      throw wrongKind(member, "a timestamp");
    }
  }

  public byte @Nullable [] bytes(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw wrongKind(member, "base64");
    }
  }

  public @Nullable Input object(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ObjectNode object)) {
      throw wrongKind(member, "an object");
    }
    return new Input(object);
  }

  public List<String> texts(String member) {
    List<String> result = new ArrayList<>();
    elements(member).forEach(element -> result.add(element.asText()));
    return result;
  }

  public List<Double> numbers(String member) {
    List<Double> result = new ArrayList<>();
    elements(member)
        .forEach(
            element ->
                result.add(
                    element.isNumber()
                        ? element.doubleValue()
                        : Double.parseDouble(element.asText())));
    return result;
  }

  public List<Input> objects(String member) {
    List<Input> result = new ArrayList<>();
    for (JsonNode element : elements(member)) {
      if (!(element instanceof ObjectNode object)) {
        throw wrongKind(member, "a list of objects");
      }
      result.add(new Input(object));
    }
    return result;
  }

  public Map<String, String> textMap(String member) {
    Map<String, String> result = new LinkedHashMap<>();
    Input object = object(member);
    if (object != null) {
      object
          .tree()
          .properties()
          .forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    }
    return result;
  }

  private Iterable<JsonNode> elements(String member) {
    JsonNode node = node(member);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof ArrayNode)) {
      throw wrongKind(member, "a list");
    }
    return node;
  }

  private static AwsError missing(String member) {
    return AwsError.validation(
        "1 validation error detected: Value null at '"
            + Constraints.wireName(member)
            + "' failed to satisfy constraint: Member must not be null");
  }

  private static AwsError wrongKind(String member, String expected) {
    return new AwsError(
        "SerializationException", 400, "Member " + member + " could not be read as " + expected);
  }
}
