package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * Smithy RPC v2 CBOR. A timestamp is tag 1 (epoch based date) around a double; the reader drops
 * tags, so a time arrives as its number of seconds.
 */
public final class Cbor {
  private static final int EPOCH_BASED_DATE = 1;
  private static final CBORMapper MAPPER = new CBORMapper();
  private static final CBORFactory FACTORY = MAPPER.getFactory();

  private Cbor() {}

  public static ObjectNode read(byte[] body) {
    if (body.length == 0) {
      return Json.object();
    }
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new AwsError("SerializationException", 400, "The request body is not CBOR");
    }
    throw new AwsError("SerializationException", 400, "The request body is not a CBOR map");
  }

  public static byte[] write(JsonNode tree) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator generator = FACTORY.createGenerator(bytes)) {
      write(tree, generator);
    } catch (IOException e) {
      throw new IllegalStateException("A tree of plain values is always writable", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonNode tree, CBORGenerator generator) throws IOException {
    switch (tree) {
      case ObjectNode object -> {
        generator.writeStartObject(object, object.size());
        for (var entry : object.properties()) {
          generator.writeFieldName(entry.getKey());
          write(entry.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case ArrayNode array -> {
        generator.writeStartArray(array, array.size());
        for (JsonNode element : array) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case POJONode pojo when pojo.getPojo() instanceof Instant instant -> {
        generator.writeTag(EPOCH_BASED_DATE);
        generator.writeNumber(Json.seconds(instant));
      }
      default -> MAPPER.writeTree(generator, tree);
    }
  }
}
