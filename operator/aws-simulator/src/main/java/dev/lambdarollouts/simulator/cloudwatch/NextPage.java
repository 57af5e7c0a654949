package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list, with the token for the next. */
record NextPage<T>(List<T> items, @Nullable String nextToken) {

  static <T> NextPage<T> of(List<T> all, Input input, int defaultSize, String sizeMember) {
    Integer asked = input.integer(sizeMember);
    int from = Math.min(position(input.text("NextToken")), all.size());
    int to = Math.min(from + (asked == null ? defaultSize : asked), all.size());
    return new NextPage<>(all.subList(from, to), to < all.size() ? token(to) : null);
  }

  void putToken(ObjectNode reply) {
    if (nextToken != null) {
      reply.put("NextToken", nextToken);
    }
  }

  private static String token(int position) {
    return Base64.getEncoder()
        .encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int position(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseInt(text.substring("from:".length()));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw CloudWatchErrors.invalidNextToken();
    }
  }
}
