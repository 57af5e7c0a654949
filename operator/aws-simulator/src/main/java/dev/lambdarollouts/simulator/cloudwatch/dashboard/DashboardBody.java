package dev.lambdarollouts.simulator.cloudwatch.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks that CloudWatch makes of a dashboard's body, in its words where they are known from
 * field reports: structure, widget types, sizes, and what metric, text and log widgets need.
 */
final class DashboardBody {
  private static final Set<String> TYPES =
      Set.of("metric", "text", "log", "alarm", "explorer", "custom", "chart");
  private static final int COLUMNS = 24;
  private static final int MOST_ROWS = 1000;
  private static final int MOST_WIDGETS = 500;

  private final List<Problem> problems = new ArrayList<>();

  private DashboardBody() {}

  /** What is wrong, and where. */
  record Problem(String path, String message) {}

  static boolean isObject(String body) {
    return object(body) != null;
  }

  /** All mistakes; none means that the dashboard can be put. */
  static List<Problem> problems(String body) {
    ObjectNode tree = object(body);
    if (tree == null) {
      return List.of(new Problem("", "The field DashboardBody must be a valid JSON object"));
    }
    DashboardBody check = new DashboardBody();
    JsonNode widgets = tree.get("widgets");
    if (widgets == null) {
      check.missing("/", "widgets");
    } else if (!(widgets instanceof ArrayNode array)) {
      check.add("/widgets", "Should be array");
    } else {
      if (array.size() > MOST_WIDGETS) {
        check.add("/widgets", "Should NOT have more than " + MOST_WIDGETS + " items");
      }
      for (int i = 0; i < array.size(); i++) {
        check.widget(array.get(i), "/widgets/" + i);
      }
    }
    return check.problems;
  }

  private void widget(JsonNode widget, String path) {
    if (!widget.isObject()) {
      add(path, "Should be object");
      return;
    }
    size(widget, path, "width", COLUMNS);
    size(widget, path, "height", MOST_ROWS);
    String type = widget.path("type").asText("");
    if (!widget.has("type")) {
      missing(path, "type");
    } else if (!TYPES.contains(type)) {
      add(path + "/type", "Should be equal to one of the allowed values");
    }
    if (!widget.has("properties")) {
      missing(path, "properties");
      return;
    }
    JsonNode properties = widget.path("properties");
    String inside = path + "/properties";
    if (!properties.isObject()) {
      add(inside, "Should be object");
      return;
    }
    switch (type) {
      case "metric" -> metric(properties, inside);
      case "text" -> required(properties, inside, "markdown");
      case "log" -> required(properties, inside, "query");
      case "alarm" -> required(properties, inside, "alarms");
      default -> {}
    }
  }

  private void metric(JsonNode properties, String path) {
    boolean metrics = properties.has("metrics");
    boolean alarms = properties.path("annotations").has("alarms");
    if (!metrics && !alarms) {
      missing(path, "metrics");
    }
    if (!alarms && (!metrics || !properties.has("region"))) {
      add(
          path,
          "The metric widget should have specified a region and a data source or an alarm"
              + " annotation");
    }
    if (!metrics && !alarms) {
      missing(path, "annotations");
    }
    if (metrics && !properties.path("metrics").isArray()) {
      add(path + "/metrics", "Should be array");
      return;
    }
    for (int i = 0; i < properties.path("metrics").size(); i++) {
      if (!properties.path("metrics").path(i).isArray()) {
        add(path + "/metrics/" + i, "Should be array");
        add(
            path + "/metrics/" + i,
            "Field \"metrics\" has to be an array of array of strings, with an optional"
                + " metricRenderer object as last element");
      }
    }
  }

  private void size(JsonNode widget, String path, String member, int most) {
    JsonNode value = widget.get(member);
    if (value == null) {
      return;
    }
    if (!value.isInt()) {
      add(path + "/" + member, "Should be integer");
    } else if (value.intValue() < 1) {
      add(path + "/" + member, "Should be >= 1");
    } else if (value.intValue() > most) {
      add(path + "/" + member, "Should be <= " + most);
    }
  }

  private void required(JsonNode properties, String path, String member) {
    if (!properties.has(member)) {
      missing(path, member);
    }
  }

  private void missing(String path, String member) {
    add(path, "Should have required property '" + member + "'");
  }

  private void add(String path, String message) {
    problems.add(new Problem(path, message));
  }

  private static @Nullable ObjectNode object(String body) {
    try {
      return Json.MAPPER.readTree(body) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
