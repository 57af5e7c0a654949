package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resource-based policy: statements by their id, in the order in which they came. */
public final class ResourcePolicy {
  private final Map<String, ObjectNode> statements = new LinkedHashMap<>();

  public Map<String, ObjectNode> statements() {
    return statements;
  }

  public String document() {
    ObjectNode document = Json.object().put("Version", "2012-10-17").put("Id", "default");
    ArrayNode list = document.putArray("Statement");
    statements.values().forEach(list::add);
    return Json.text(document);
  }
}
