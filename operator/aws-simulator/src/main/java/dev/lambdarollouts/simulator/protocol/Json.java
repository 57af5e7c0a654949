package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;

/**
 * Trees and JSON text. An instant in a tree stays an {@link Instant} (in a POJONode) until a codec
 * writes it, because each protocol writes times in its own way.
 */
public final class Json {
  /** Reads strings as long as Lambda's largest request, which carries a zip in base64. */
  public static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(80_000_000).build())
              .build());

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static ArrayNode texts(Collection<String> values) {
    ArrayNode array = array();
    values.forEach(array::add);
    return array;
  }

  public static JsonNode instant(Instant instant) {
    return JsonNodeFactory.instance.pojoNode(instant);
  }

  /** Reads an object; an empty body is an empty object. */
  public static ObjectNode read(byte[] body) {
    if (body.length == 0) {
      return object();
    }
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new AwsError(
          "SerializationException", 400, "The request body is not JSON: " + firstLine(e));
    }
    throw new AwsError("SerializationException", 400, "The request body is not a JSON object");
  }

  /** Writes a tree as AWS' JSON protocols do: times as seconds since the epoch. */
  public static byte[] write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(epochSeconds(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values is always writable", e);
    }
  }

  public static String text(JsonNode tree) {
    return new String(write(tree), StandardCharsets.UTF_8);
  }

  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static JsonNode epochSeconds(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      ObjectNode copy = object();
      object
          .properties()
          .forEach(entry -> copy.set(entry.getKey(), epochSeconds(entry.getValue())));
      return copy;
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode copy = array();
      array.forEach(element -> copy.add(epochSeconds(element)));
      return copy;
    }
    if (tree instanceof POJONode pojo && pojo.getPojo() instanceof Instant instant) {
      return JsonNodeFactory.instance.numberNode(seconds(instant));
    }
    return tree;
  }

  private static String firstLine(IOException e) {
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }
}
