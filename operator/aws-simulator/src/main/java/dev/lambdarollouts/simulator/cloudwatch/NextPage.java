package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list, with the token for the next. */
public record NextPage<T>(List<T> items, @Nullable String nextToken) {

  /** A page as long as the request says. */
  public static <T> NextPage<T> of(List<T> all, Input input, int defaultSize, String sizeMember) {
    Integer asked = input.integer(sizeMember);
    return of(all, input, asked == null ? defaultSize : asked);
  }

  /** A page of an operation whose pages are of one length. */
  public static <T> NextPage<T> of(List<T> all, Input input, int size) {
    int from = Math.min(position(input.text("NextToken")), all.size());
    int to = Math.min(from + size, all.size());
    return new NextPage<>(all.subList(from, to), to < all.size() ? token(to) : null);
  }

  public void putToken(ObjectNode reply) {
    if (nextToken != null) {
      reply.put("NextToken", nextToken);
    }
  }

  /** A token that leads to a position. */
  static String token(int position) {
    return Base64.getEncoder()
        .encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
  }

  /** The position that a token leads to; 0 without one. */
  static int position(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseUnsignedInt(text.substring("from:".length())) & Integer.MAX_VALUE;
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw CloudWatchErrors.invalidNextToken();
    }
  }
}
