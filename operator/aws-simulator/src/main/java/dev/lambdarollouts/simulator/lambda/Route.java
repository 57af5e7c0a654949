package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.RestTemplate;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the service model binds it to HTTP.
 *
 * @param flag a query parameter that the model fixes, such as {@code List=ALL}; null for none
 * @param status of a reply that succeeded; 204 has no body
 */
record Route(
    String operation, RestTemplate template, @Nullable String flag, int status, Handler handler) {

  /** What an operation does with its input; it gives the reply's members. */
  @FunctionalInterface
  interface Handler {
    ObjectNode run(CallContext context, Input input);
  }

  static Route of(String operation, String method, String uri, int status, Handler handler) {
    int query = uri.indexOf('?');
    return query < 0
        ? new Route(operation, RestTemplate.of(method, uri), null, status, handler)
        : new Route(
            operation,
            RestTemplate.of(method, uri.substring(0, query)),
            uri.substring(query + 1),
            status,
            handler);
  }

  /** The path's parameters when the request is this operation's, else null. */
  @Nullable Map<String, String> match(WireRequest request) {
    if (flag != null) {
      String[] parts = flag.split("=", 2);
      if (!parts[1].equals(request.queryValue(parts[0]))) {
        return null;
      }
    }
    return template.match(request.method(), request.segments());
  }
}
