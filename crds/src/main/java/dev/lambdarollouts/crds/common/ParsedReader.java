package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the tree first, so that whatever is wrong in it is a value and not an exception. */
final class ParsedReader extends StdDeserializer<Parsed<?>> implements ContextualDeserializer {
  private final @Nullable JavaType content;
  private final String name;

  /** For Jackson, which asks for one with a type next. */
  ParsedReader() {
    this(null, "");
  }

  private ParsedReader(@Nullable JavaType content, String name) {
    super(Parsed.class);
    this.content = content;
    this.name = name;
  }

  @Override
  public JsonDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty property) {
    JavaType type = property == null ? context.getContextualType() : property.getType();
    return new ParsedReader(type.containedType(0), property == null ? "" : property.getName());
  }

  @Override
  public Parsed<?> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (content == null) {
      return context.reportInputMismatch(this, "a Parsed says what it should be");
    }
    JsonNode raw = context.readTree(parser);
    try {
      Object value = CrdJson.MAPPER.readerFor(content).readValue(raw);
      List<String> unknown = UnknownFields.of(name, raw, content.getRawClass());
      boolean tolerated = Status.class.isAssignableFrom(content.getRawClass());
      return unknown.isEmpty() || tolerated
          ? new Parsed.Valid<>(value, unknown, unknown.isEmpty() ? null : raw)
          : new Parsed.Invalid<>(
              raw,
              unknown.getFirst(),
              "not known to this version of the operator: remove it, or upgrade the operator");
    } catch (JsonMappingException problem) {
      return new Parsed.Invalid<>(raw, name + path(problem), ReadingProblem.text(problem, raw));
    }
  }

  private static String path(JsonMappingException problem) {
    return problem.getPath().stream()
        .map(
            step ->
                step.getFieldName() != null
                    ? "." + step.getFieldName()
                    : "[" + step.getIndex() + "]")
        .collect(Collectors.joining());
  }
}
