package dev.lambdarollouts.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method and a path with parameters, as service models write them: {@code GET /a/{Name}/b}. */
public record RestTemplate(String method, List<String> segments) {

  public static RestTemplate of(String method, String path) {
    return new RestTemplate(method, List.of(path.substring(1).split("/", -1)));
  }

  /** The path's parameters when the request fits, else null. */
  public @Nullable Map<String, String> match(String requestMethod, List<String> requestSegments) {
    int length = requestSegments.size();
    if (length > 0 && requestSegments.get(length - 1).isEmpty()) {
      length--;
    }
    if (!method.equals(requestMethod) || length != segments.size()) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < length; i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        parameters.put(segment.substring(1, segment.length() - 1), requestSegments.get(i));
      } else if (!segment.equals(requestSegments.get(i))) {
        return null;
      }
    }
    return parameters;
  }
}
