package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/**
 * The difference of two objects as a JSON merge patch (RFC 7396). Unlike a server-side apply it can
 * write the status of an object whose spec does not fit the schema any more.
 */
final class MergePatch {
  private MergePatch() {}

  /** What turns one into the other: lists are replaced, what vanished is null. */
  static ObjectNode between(JsonNode from, JsonNode to) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!to.has(name)) {
        patch.putNull(name);
      }
    }
    to.properties()
        .forEach(
            field -> {
              JsonNode before = from.path(field.getKey());
              if (before.isObject() && field.getValue().isObject()) {
                ObjectNode below = between(before, field.getValue());
                if (!below.isEmpty()) {
                  patch.set(field.getKey(), below);
                }
              } else if (!before.equals(field.getValue())) {
                patch.set(field.getKey(), field.getValue());
              }
            });
    return patch;
  }
}
