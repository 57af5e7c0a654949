package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parameters that S3's lists of objects have in common. */
record ListQuery(WireRequest request, int maxKeys) {
  private static final int MOST = 1000;

  static ListQuery of(WireRequest request) {
    String asked = request.queryValue("max-keys");
    if (asked == null || asked.isEmpty()) {
      return new ListQuery(request, MOST);
    }
    if (!asked.matches("\\d{1,9}")) {
      throw S3Errors.invalidArgument(
          "Provided max-keys not an integer or within integer range", "max-keys", asked);
    }
    return new ListQuery(request, Math.min(MOST, Integer.parseInt(asked)));
  }

  @Nullable String parameter(String name) {
    return request.queryValue(name);
  }

  String parameter(String name, String otherwise) {
    String value = parameter(name);
    return value == null ? otherwise : value;
  }

  String prefix() {
    return parameter("prefix", "");
  }

  String delimiter() {
    return parameter("delimiter", "");
  }

  boolean urlEncoded() {
    return "url".equals(parameter("encoding-type"));
  }

  /** A key as the reply writes it. */
  String encoded(String key) {
    return urlEncoded()
        ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/").replace("*", "%2A")
        : key;
  }
}
