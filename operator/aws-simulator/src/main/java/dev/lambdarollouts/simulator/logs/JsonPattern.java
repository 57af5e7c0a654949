package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern for JSON messages: comparisons of members joined by {@code &&} or by {@code ||},
 * such as {@code { $.level = "ERROR" && $.record.metrics.durationMs > 100 }}. {@code *} in a text
 * stands for anything. No parentheses and no regular expressions.
 */
final class JsonPattern {
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\s*\\$((?:\\.\\w+|\\[\\d+])+)\\s*(?:(=|!=|<=|>=|<|>)\\s*(?:\"([^\"]*)\"|([\\w.*-]+))|"
              + "(IS\\s+NULL|IS\\s+TRUE|IS\\s+FALSE|NOT\\s+EXISTS))\\s*");

  private JsonPattern() {}

  static Predicate<String> of(String pattern) {
    if (!pattern.endsWith("}")) {
      throw FilterPattern.invalid("'}' is missing at the end");
    }
    String inner = pattern.substring(1, pattern.length() - 1);
    boolean or = inner.contains("||");
    if (or && inner.contains("&&")) {
      throw FilterPattern.invalid("aws-simulator does not have && and || in one pattern");
    }
    List<Predicate<JsonNode>> comparisons =
        Arrays.stream(inner.split(or ? "\\|\\|" : "&&", -1)).map(JsonPattern::comparison).toList();
    return message -> {
      JsonNode tree = read(message);
      return tree.isObject()
          && (or
              ? comparisons.stream().anyMatch(one -> one.test(tree))
              : comparisons.stream().allMatch(one -> one.test(tree)));
    };
  }

  private static Predicate<JsonNode> comparison(String text) {
    Matcher parts = COMPARISON.matcher(text);
    if (!parts.matches()) {
      throw FilterPattern.invalid("unreadable at '" + text.strip() + "'");
    }
    String path = parts.group(1).replace('.', '/').replaceAll("\\[(\\d+)]", "/$1");
    if (parts.group(5) != null) {
      String test = parts.group(5).replaceAll("\\s+", " ");
      return tree -> is(test, tree.at(path));
    }
    String operator = parts.group(2);
    String quoted = parts.group(3);
    String value = quoted == null ? parts.group(4) : quoted;
    return tree -> compare(tree.at(path), operator, value, quoted != null);
  }

  private static boolean is(String test, JsonNode node) {
    return switch (test) {
      case "IS NULL" -> node.isNull();
      case "IS TRUE" -> node.isBoolean() && node.booleanValue();
      case "IS FALSE" -> node.isBoolean() && !node.booleanValue();
      default -> node.isMissingNode();
    };
  }

  private static boolean compare(JsonNode node, String operator, String value, boolean quoted) {
    if (node.isMissingNode()) {
      return false;
    }
    boolean numeric = !quoted && node.isNumber() && value.matches("-?\\d+(\\.\\d+)?");
    if (operator.equals("=") || operator.equals("!=")) {
      boolean same =
          numeric
              ? node.doubleValue() == Double.parseDouble(value)
              : Pattern.matches(wildcards(value), node.asText());
      return same == operator.equals("=");
    }
    if (!numeric) {
      return false;
    }
    int order = Double.compare(node.doubleValue(), Double.parseDouble(value));
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static String wildcards(String value) {
    return "(?s)"
        + String.join(".*", Arrays.stream(value.split("\\*", -1)).map(Pattern::quote).toList());
  }

  /** A message that is no JSON fits no such pattern. */
  private static JsonNode read(String message) {
    try {
      return Json.MAPPER.readTree(message);
    } catch (JsonProcessingException e) {
      return Json.array();
    }
  }
}
