package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shape of a service model with its constraints, and how AWS words that they are not met. */
sealed interface Shape {

  /** Adds what {@code value} fails to satisfy, as found at {@code path}. */
  void check(JsonNode value, String path, Constraints constraints);

  /** What it asks of a value, in the order in which AWS tells it. */
  List<String> rules();

  /** Whether the value meets all of its rules; null meets none, another kind is not judged. */
  boolean allows(JsonNode value);

  /** How a refusal shows the value. */
  default String shown(JsonNode value) {
    return value.asText();
  }

  /**
   * Of a text its length, of a number its range, of a list or map its size.
   *
   * @param secret whether refusals leave the value out
   */
  record Limits(@Nullable Double min, @Nullable Double max, boolean secret) {

    List<String> rules(String what, boolean whole) {
      List<String> rules = new ArrayList<>();
      if (max != null) {
        rules.add("Member must have " + what + " less than or equal to " + text(max, whole));
      }
      if (min != null) {
        rules.add("Member must have " + what + " greater than or equal to " + text(min, whole));
      }
      return rules;
    }

    private static String text(double limit, boolean whole) {
      return whole ? String.valueOf((long) limit) : String.valueOf(limit);
    }

    boolean tooSmall(double measure) {
      return min != null && measure < min;
    }

    boolean tooLarge(double measure) {
      return max != null && measure > max;
    }

    /** Adds the one of {@code rules} that the measure does not keep to. */
    void check(
        double measure, List<String> rules, String shown, String path, Constraints constraints) {
      if (tooLarge(measure)) {
        fail(shown, path, rules.getFirst(), constraints);
      } else if (tooSmall(measure)) {
        fail(shown, path, rules.get(max == null ? 0 : 1), constraints);
      }
    }

    void fail(String shown, String path, String rule, Constraints constraints) {
      if (secret) {
        constraints.failSecret(path, rule);
      } else {
        constraints.fail(shown, path, rule);
      }
    }
  }

  /** A text, perhaps one of a set. */
  record Text(Limits limits, @Nullable Pattern pattern, List<String> values) implements Shape {

    @Override
    public void check(JsonNode value, String path, Constraints constraints) {
      if (!value.isValueNode()) {
        return;
      }
      String text = value.asText();
      limits.check(text.length(), limits.rules("length", true), text, path, constraints);
      if (!matches(text)) {
        limits.fail(text, path, rules().getLast(), constraints);
      }
    }

    @Override
    public List<String> rules() {
      List<String> rules = limits.rules("length", true);
      if (pattern != null) {
        rules.add("Member must satisfy regular expression pattern: " + pattern);
      }
      if (!values.isEmpty()) {
        rules.add("Member must satisfy enum value set: " + values);
      }
      return rules;
    }

    @Override
    public boolean allows(JsonNode value) {
      if (!value.isValueNode()) {
        return true;
      }
      int length = value.asText().length();
      return !value.isNull()
          && !limits.tooLarge(length)
          && !limits.tooSmall(length)
          && matches(value.asText());
    }

    private boolean matches(String text) {
      return (pattern == null || pattern.matcher(text).matches())
          && (values.isEmpty() || values.contains(text));
    }
  }

  /** A number, which comes as text in a query. */
  record Numeric(Limits limits, boolean real) implements Shape {

    @Override
    public void check(JsonNode value, String path, Constraints constraints) {
      if (isNumber(value)) {
        limits.check(value.asDouble(), rules(), shown(value), path, constraints);
      }
    }

    @Override
    public List<String> rules() {
      return limits.rules("value", !real);
    }

    @Override
    public boolean allows(JsonNode value) {
      if (!isNumber(value)) {
        return !value.isNull();
      }
      return !limits.tooLarge(value.asDouble()) && !limits.tooSmall(value.asDouble());
    }

    @Override
    public String shown(JsonNode value) {
      return real && value.isNumber() ? String.valueOf(value.doubleValue()) : value.asText();
    }

    private static boolean isNumber(JsonNode value) {
      return value.isNumber()
          || (value.isTextual() && value.asText().matches("-?\\d{1,18}(\\.\\d+)?"));
    }
  }

  /** A list. AWS tells failures of texts and numbers in it together, of structures one by one. */
  record ListOf(Limits limits, @Nullable Shape member) implements Shape {

    @Override
    public void check(JsonNode value, String path, Constraints constraints) {
      if (!(value instanceof ArrayNode list)) {
        return;
      }
      limits.check(list.size(), limits.rules("length", true), shown(list), path, constraints);
      if (member instanceof Structure) {
        for (int i = 0; i < list.size(); i++) {
          member.check(list.get(i), path + "." + (i + 1) + ".member", constraints);
        }
      } else if (member != null && !allow(member, list)) {
        limits.fail(shown(list), path, memberRule(member), constraints);
      }
    }

    @Override
    public List<String> rules() {
      List<String> rules = limits.rules("length", true);
      if (member != null) {
        rules.add(memberRule(member));
      }
      return rules;
    }

    @Override
    public boolean allows(JsonNode value) {
      return !limits.tooLarge(value.size())
          && !limits.tooSmall(value.size())
          && (member == null || allow(member, value));
    }

    @Override
    public String shown(JsonNode value) {
      List<String> shown = new ArrayList<>();
      value.forEach(one -> shown.add(member == null ? one.asText() : member.shown(one)));
      return shown.toString();
    }

    private static boolean allow(Shape member, JsonNode list) {
      for (JsonNode one : list) {
        if (!member.allows(one)) {
          return false;
        }
      }
      return true;
    }

    private static String memberRule(Shape member) {
      List<String> rules = new ArrayList<>(member.rules());
      rules.add("Member must not be null");
      return "Member must satisfy constraint: " + rules;
    }
  }

  /** A map of texts to whatever. */
  record MapOf(Limits limits, @Nullable Shape key, @Nullable Shape value) implements Shape {

    @Override
    public void check(JsonNode given, String path, Constraints constraints) {
      if (!(given instanceof ObjectNode map)) {
        return;
      }
      limits.check(map.size(), limits.rules("length", true), shown(map), path, constraints);
      if (key != null && !keysAllowed(map)) {
        limits.fail(
            shown(map), path, "Map keys must satisfy constraint: " + key.rules(), constraints);
      }
      if (value != null && !valuesAllowed(map)) {
        List<String> rules = new ArrayList<>(value.rules());
        rules.add("Member must not be null");
        limits.fail(shown(map), path, "Map value must satisfy constraint: " + rules, constraints);
      }
    }

    @Override
    public List<String> rules() {
      return limits.rules("length", true);
    }

    @Override
    public boolean allows(JsonNode given) {
      return given instanceof ObjectNode map && keysAllowed(map) && valuesAllowed(map);
    }

    @Override
    public String shown(JsonNode given) {
      Map<String, String> shown = new TreeMap<>();
      given
          .properties()
          .forEach(
              entry ->
                  shown.put(
                      entry.getKey(),
                      value == null ? entry.getValue().asText() : value.shown(entry.getValue())));
      return shown.toString();
    }

    private boolean keysAllowed(ObjectNode map) {
      Shape shape = key;
      return shape == null
          || map.properties().stream()
              .allMatch(entry -> shape.allows(map.textNode(entry.getKey())));
    }

    private boolean valuesAllowed(ObjectNode map) {
      Shape shape = value;
      return shape == null
          || map.properties().stream().allMatch(entry -> shape.allows(entry.getValue()));
    }
  }

  /**
   * A member of a structure.
   *
   * @param from under which name a request has it
   * @param shape null when anything goes
   */
  record Member(String from, @Nullable Shape shape, boolean required) {}

  /** A structure: the input of an operation, or a part of one. */
  record Structure(Map<String, Member> members) implements Shape {

    @Override
    public void check(JsonNode value, String path, Constraints constraints) {
      members.forEach(
          (name, member) -> {
            String wireName = Constraints.wireName(name);
            String where = path.isEmpty() ? wireName : path + "." + wireName;
            JsonNode given = value.path(member.from());
            if (given.isMissingNode() || given.isNull()) {
              constraints.required(member.required() ? null : "", where);
            } else if (member.shape() != null) {
              member.shape().check(given, where, constraints);
            }
          });
    }

    @Override
    public List<String> rules() {
      return List.of();
    }

    @Override
    public boolean allows(JsonNode value) {
      return true;
    }
  }
}
