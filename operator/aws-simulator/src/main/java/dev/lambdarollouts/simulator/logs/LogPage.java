package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.PageToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list of Logs, with the token for the next. */
record LogPage<T>(List<T> items, @Nullable String nextToken) {
  private static final int MOST = 50;

  /** A page of {@code limit} items: 50, and at most 50, where the operation lists what is there. */
  static <T> LogPage<T> of(List<T> all, Input input) {
    Integer limit = input.integer("limit");
    return of(all, input.text("nextToken"), limit == null ? MOST : limit);
  }

  static <T> LogPage<T> of(List<T> all, @Nullable String token, int size) {
    int from = Math.min(PageToken.position(token, LogPage::refusal), all.size());
    int to = Math.min(from + size, all.size());
    return new LogPage<>(all.subList(from, to), to < all.size() ? PageToken.of(to) : null);
  }

  void putToken(ObjectNode reply) {
    if (nextToken != null) {
      reply.put("nextToken", nextToken);
    }
  }

  private static AwsError refusal() {
    return LogGroups.invalid("The specified nextToken is invalid.");
  }
}
