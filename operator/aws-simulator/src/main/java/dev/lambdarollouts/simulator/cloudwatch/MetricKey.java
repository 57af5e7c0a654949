package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A metric: its name and exactly these dimensions. Another set of dimensions is another metric. */
record MetricKey(String namespace, String name, SortedMap<String, String> dimensions) {

  MetricKey {
    dimensions = new TreeMap<>(dimensions);
  }

  static MetricKey of(String namespace, String name, Map<String, String> dimensions) {
    return new MetricKey(namespace, name, new TreeMap<>(dimensions));
  }

  /** Reads {@code Namespace}, {@code MetricName} and {@code Dimensions}. */
  static MetricKey read(Input input) {
    return of(
        input.text("Namespace", ""),
        input.text("MetricName", ""),
        dimensions(input.objects("Dimensions")));
  }

  static Map<String, String> dimensions(List<Input> list) {
    Map<String, String> dimensions = new TreeMap<>();
    for (Input dimension : list) {
      dimensions.put(dimension.required("Name"), dimension.text("Value", ""));
    }
    return dimensions;
  }

  ArrayNode showDimensions() {
    ArrayNode list = Json.array();
    dimensions.forEach((name, value) -> list.addObject().put("Name", name).put("Value", value));
    return list;
  }
}
