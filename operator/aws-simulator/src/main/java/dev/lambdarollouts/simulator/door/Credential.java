package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The credential scope of a SigV4 request: whose key, for which region and service. */
record Credential(String accessKey, String region, String service, @Nullable String token) {
  private static final Pattern HEADER =
      Pattern.compile("AWS4-\\S+ .*Credential=([^/]+)/\\d+/([^/]*)/([^/]+)/aws4_request.*");
  private static final Pattern HEADER_V4A =
      Pattern.compile("AWS4-ECDSA\\S+ .*Credential=([^/]+)/\\d+/([^/]+)/aws4_request.*");
  private static final Pattern QUERY = Pattern.compile("([^/]+)/\\d+/([^/]*)/([^/]+)/aws4_request");

  /** Null when the request is not signed. */
  static @Nullable Credential of(WireRequest request) {
    String header = request.header("Authorization");
    String query = request.queryValue("X-Amz-Credential");
    if (header != null) {
      String token = request.header("X-Amz-Security-Token");
      Matcher v4a = HEADER_V4A.matcher(header);
      if (v4a.matches()) {
        return new Credential(v4a.group(1), "us-east-1", v4a.group(2), token);
      }
      Matcher scope = HEADER.matcher(header);
      return scope.matches()
          ? new Credential(scope.group(1), scope.group(2), scope.group(3), token)
          : null;
    }
    if (query != null) {
      Matcher scope = QUERY.matcher(query);
      return scope.matches()
          ? new Credential(
              scope.group(1),
              scope.group(2),
              scope.group(3),
              request.queryValue("X-Amz-Security-Token"))
          : null;
    }
    return null;
  }

  @Override
  public String toString() {
    return accessKey + " for " + service + " in " + region;
  }
}
