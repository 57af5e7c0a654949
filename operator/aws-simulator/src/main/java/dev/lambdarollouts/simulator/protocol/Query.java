package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * AWS' query protocol: form parameters in ({@code AlarmNames.member.1=a}), XML out. Everything that
 * comes in is text.
 */
public final class Query {

  /** Members of replies that are maps, which the tree does not tell from structures. */
  private static final Set<String> MAPS = Set.of("ExtendedStatistics");

  private Query() {}

  /** Form parameters as a tree; {@code member.N} and {@code entry.N} levels become lists. */
  public static ObjectNode read(Map<String, List<String>> form) {
    Level root = new Level();
    form.forEach(
        (name, values) -> {
          Level level = root;
          for (String part : name.split("\\.", -1)) {
            level = level.children.computeIfAbsent(part, key -> new Level());
          }
          level.value = values.getFirst();
        });
    ObjectNode tree = Json.object();
    root.children.forEach((name, child) -> tree.set(name, child.tree()));
    return tree;
  }

  /** The reply to {@code operation}: its result wrapped as the query protocol wraps it. */
  public static byte[] write(
      String operation, JsonNode result, String namespace, String requestId) {
    StringBuilder xml = new StringBuilder();
    xml.append('<').append(operation).append("Response xmlns=\"").append(namespace).append("\">");
    if (!result.isEmpty()) {
      element(xml, operation + "Result", result);
    }
    xml.append("<ResponseMetadata><RequestId>")
        .append(requestId)
        .append("</RequestId></ResponseMetadata></")
        .append(operation)
        .append("Response>");
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] error(AwsError error, String namespace, String requestId) {
    StringBuilder xml = new StringBuilder();
    xml.append("<ErrorResponse xmlns=\"").append(namespace).append("\"><Error>");
    xml.append("<Type>").append(error.senderFault() ? "Sender" : "Receiver").append("</Type>");
    xml.append("<Code>").append(Xml.escape(error.queryCode())).append("</Code>");
    if (!error.text().isEmpty()) {
      xml.append("<Message>").append(Xml.escape(error.text())).append("</Message>");
    }
    error.lists().forEach((name, list) -> element(xml, name, list));
    xml.append("</Error><RequestId>").append(requestId).append("</RequestId></ErrorResponse>");
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void element(StringBuilder xml, String name, JsonNode value) {
    xml.append('<').append(name).append('>');
    switch (value) {
      case ObjectNode object when MAPS.contains(name) ->
          object
              .properties()
              .forEach(
                  entry -> {
                    xml.append("<entry>");
                    element(xml, "key", object.textNode(entry.getKey()));
                    element(xml, "value", entry.getValue());
                    xml.append("</entry>");
                  });
      case ObjectNode object ->
          object.properties().forEach(entry -> element(xml, entry.getKey(), entry.getValue()));
      case ArrayNode array -> array.forEach(member -> element(xml, "member", member));
      case POJONode pojo when pojo.getPojo() instanceof Instant instant ->
          xml.append(instant.truncatedTo(ChronoUnit.MILLIS));
      default -> xml.append(Xml.escape(value.asText()));
    }
    xml.append("</").append(name).append('>');
  }

  /** One level of dotted names while they are being read. */
  private static final class Level {
    private final Map<String, Level> children = new TreeMap<>(Query::compareIndexes);
    private String value = "";

    JsonNode tree() {
      if (children.isEmpty()) {
        return Json.object().textNode(value);
      }
      Level members = children.get("member");
      if (children.size() == 1 && members != null) {
        ArrayNode array = Json.array();
        members.children.values().forEach(child -> array.add(child.tree()));
        return array;
      }
      ObjectNode object = Json.object();
      children.forEach((name, child) -> object.set(name, child.tree()));
      return object;
    }
  }

  private static int compareIndexes(String one, String other) {
    boolean bothNumbers = isNumber(one) && isNumber(other);
    return bothNumbers
        ? Integer.compare(Integer.parseInt(one), Integer.parseInt(other))
        : one.compareTo(other);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 9 && text.chars().allMatch(Character::isDigit);
  }
}
