package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the fields of a tree that its record has no component for. Jackson reads records by their
 * constructor and meets such fields out of place, so the tree is walked beside the types.
 */
final class UnknownFields {
  private static final ClassValue<Map<String, Type>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected Map<String, Type> computeValue(Class<?> record) {
          return Arrays.stream(record.getRecordComponents())
              .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
        }
      };

  private UnknownFields() {}

  /**
   * @param root what paths begin with, {@code spec} or {@code status}
   * @param type the record, a list or map of records, or anything else, which is not looked into
   */
  static List<String> of(String root, JsonNode tree, Type type) {
    List<String> found = new ArrayList<>();
    collect(root, tree, type, found);
    return found;
  }

  private static void collect(String path, JsonNode node, Type type, List<String> found) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      collectFromEach(path, node, arguments[arguments.length - 1], found);
    } else if (type instanceof Class<?> record && record.isRecord() && node.isObject()) {
      Map<String, Type> components = COMPONENTS.get(record);
      node.properties()
          .forEach(
              field -> {
                String below = path + "." + field.getKey();
                Type component = components.get(field.getKey());
                if (component == null) {
                  found.add(below);
                } else {
                  collect(below, field.getValue(), component, found);
                }
              });
    }
  }

  private static void collectFromEach(
      String path, JsonNode container, Type content, List<String> found) {
    for (int index = 0; container.isArray() && index < container.size(); index++) {
      collect(path + "[" + index + "]", container.get(index), content, found);
    }
    container
        .properties()
        .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), content, found));
  }
}
