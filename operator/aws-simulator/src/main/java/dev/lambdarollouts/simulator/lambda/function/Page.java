package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.PageToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextMarker what to ask the next page with; null when this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextMarker) {

  /**
   * The page that a request asks for by Marker and MaxItems.
   *
   * @param most how many Lambda gives at most, whatever MaxItems says
   */
  public static <T> Page<T> of(List<T> all, Input input, int most) {
    Integer asked = input.integer("MaxItems");
    // Where the model lets it be 0, that is no number of items either.
    int size = asked == null || asked == 0 ? most : Math.min(asked, most);
    String marker = input.text("Marker");
    int position =
        PageToken.position(marker, () -> LambdaErrors.invalid("Invalid Marker: " + marker));
    int from = Math.min(position, all.size());
    int to = Math.min(from + size, all.size());
    return new Page<>(all.subList(from, to), to < all.size() ? PageToken.of(to) : null);
  }

  /**
   * The reply of a list operation: {@code member} with its items, and NextMarker if there are more.
   */
  public static ObjectNode reply(String member, Page<ObjectNode> page) {
    ObjectNode reply = Json.object();
    ArrayNode items = reply.putArray(member);
    page.items().forEach(items::add);
    if (page.nextMarker() != null) {
      reply.put("NextMarker", page.nextMarker());
    }
    return reply;
  }
}
