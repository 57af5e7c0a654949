package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes what was read as it was read, and a value of our own as its record. */
final class ParsedWriter extends StdSerializer<Parsed<?>> {
  ParsedWriter() {
    super(Parsed.class, false);
  }

  @Override
  public void serialize(Parsed<?> parsed, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    switch (parsed) {
      case Parsed.Valid<?> valid when valid.raw() != null ->
          provider.defaultSerializeValue(valid.raw(), json);
      case Parsed.Valid<?> valid -> CrdJson.MAPPER.writeValue(json, valid.value());
      case Parsed.Invalid<?> invalid -> provider.defaultSerializeValue(invalid.raw(), json);
    }
  }

  /** The CRD generator sees through to the record. */
  @Override
  public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
      throws JsonMappingException {
    JavaType content = type.containedType(0);
    visitor
        .getProvider()
        .findValueSerializer(content, null)
        .acceptJsonFormatVisitor(visitor, content);
  }
}
