package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.PageToken;
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
    return new NextPage<>(all.subList(from, to), to < all.size() ? PageToken.of(to) : null);
  }

  public void putToken(ObjectNode reply) {
    if (nextToken != null) {
      reply.put("NextToken", nextToken);
    }
  }

  /** The position that a token leads to; 0 without one. */
  static int position(@Nullable String token) {
    return PageToken.position(token, CloudWatchErrors::invalidNextToken);
  }
}
