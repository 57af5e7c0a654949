package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says what could not be read, without a value of the object in it: a value may be a secret. */
final class ReadingProblem {
  private static final String WHOLE_NUMBER = "a whole number within the CRD's bounds";

  private ReadingProblem() {}

  /**
   * @param raw what was read; a path of the problem leads into it
   */
  static String text(JsonMappingException problem, JsonNode raw) {
    JsonNode found = at(raw, problem);
    return switch (problem) {
      case InvalidNullException _ -> "is null: give it a value or leave it out";
      case ValueInstantiationException value
          when value.getCause() instanceof IllegalArgumentException refused ->
          String.valueOf(refused.getMessage());
      case MismatchedInputException _ when found.isMissingNode() -> "is missing: add it";
      case MismatchedInputException word when word.getTargetType().isEnum() && found.isTextual() ->
          unknownWord(word.getTargetType(), found.textValue());
      case MismatchedInputException mismatch ->
          "must be " + expected(mismatch.getTargetType()) + ", found " + kind(found);
      case JsonMappingException _ when problem.getCause() instanceof InputCoercionException ->
          "must be " + WHOLE_NUMBER + ", found " + kind(found);
      default -> "cannot be read as what the CRD describes";
    };
  }

  private static JsonNode at(JsonNode raw, JsonMappingException problem) {
    JsonNode node = raw;
    for (JsonMappingException.Reference step : problem.getPath()) {
      node =
          step.getFieldName() != null ? node.path(step.getFieldName()) : node.path(step.getIndex());
    }
    return node;
  }

  private static String unknownWord(Class<?> words, String found) {
    String known =
        Arrays.stream(words.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return "\""
        + found
        + "\" is not known to this version of the operator, which knows "
        + known
        + ": use one of them, or upgrade the operator";
  }

  private static String expected(Class<?> target) {
    if (target.isEnum() || target == String.class) {
      return "a string";
    }
    if (target == Instant.class) {
      return "a time like 2026-11-23T10:15:00Z";
    }
    if (target == Boolean.class) {
      return "true or false";
    }
    if (target == Integer.class || target == Long.class) {
      return WHOLE_NUMBER;
    }
    if (target == BigDecimal.class) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(target) ? "a list" : "an object";
  }

  private static String kind(JsonNode found) {
    return switch (found.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> found.isIntegralNumber() ? "a whole number" : "a number with a fraction";
      case BOOLEAN -> found.asText();
      default -> "null";
    };
  }
}
