package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads an RFC 3339 time and nothing else: a number is a wrong type here, not an epoch. */
final class InstantReader extends StdDeserializer<Instant> {
  InstantReader() {
    super(Instant.class);
  }

  @Override
  public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    try {
      return OffsetDateTime.parse(parser.getText()).toInstant();
    } catch (DateTimeException notOne) {
      return (Instant)
          context.handleWeirdStringValue(Instant.class, parser.getText(), "no RFC 3339 time");
    }
  }
}
