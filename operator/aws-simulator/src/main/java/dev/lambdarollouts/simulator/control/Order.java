package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request to the control API asks for: a JSON object whose members are all known. */
record Order(ObjectNode tree) {
  private static final double MOST_SECONDS = 31 * 86_400.0;

  /** Reads the body; a member that is not among the known ones is refused by its name. */
  static Order read(WireRequest request, Set<String> known) {
    ObjectNode tree;
    try {
      tree = Json.read(request.body());
    } catch (AwsError unreadable) {
      throw Refusal.badRequest(unreadable.text());
    }
    tree.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Refusal.badRequest(
                    "Member '" + name + "' is not known here. Known are: " + sorted(known));
              }
            });
    return new Order(tree);
  }

  @Nullable JsonNode node(String member) {
    JsonNode node = tree.get(member);
    return node == null || node.isNull() ? null : node;
  }

  @Nullable String text(String member) {
    JsonNode node = node(member);
    if (node != null && !node.isTextual()) {
      throw Refusal.badRequest(member + " must be a string, but is " + node);
    }
    return node == null ? null : node.asText();
  }

  String required(String member) {
    String text = text(member);
    if (text == null || text.isEmpty()) {
      throw Refusal.badRequest(member + " is required");
    }
    return text;
  }

  @Nullable Double number(String member) {
    JsonNode node = node(member);
    if (node != null && !node.isNumber()) {
      throw Refusal.badRequest(member + " must be a number, but is " + node);
    }
    return node == null ? null : (Double) node.doubleValue();
  }

  /** A count of one or more. */
  @Nullable Integer count(String member) {
    JsonNode node = node(member);
    if (node != null && (!node.isInt() || node.intValue() < 1)) {
      throw Refusal.badRequest(
          member + " must be a whole number of at least 1 and below 2^31, but is " + node);
    }
    return node == null ? null : (Integer) node.intValue();
  }

  /** A duration in seconds, above 0 and at most 31 days. */
  @Nullable Duration seconds(String member) {
    Double seconds = number(member);
    if (seconds == null) {
      return null;
    }
    if (!(seconds > 0) || seconds > MOST_SECONDS) {
      throw Refusal.badRequest(
          member + " must be above 0 and at most 2678400 (31 days), but is " + seconds);
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
