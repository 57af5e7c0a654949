package dev.lambdarollouts.simulator.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token that leads to a position in a list; what no reply has given is refused. */
public final class PageToken {
  private static final Pattern CONTENT = Pattern.compile("from:(\\d{1,9})");

  private PageToken() {}

  public static String of(int position) {
    return Base64.getEncoder()
        .encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The position that a token leads to; 0 without one.
   *
   * @param refusal how the operation refuses a token that it did not give
   */
  public static int position(@Nullable String token, Supplier<AwsError> refusal) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    Matcher content = CONTENT.matcher(decoded(token));
    if (!content.matches()) {
      throw refusal.get();
    }
    return Integer.parseInt(content.group(1));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
