package dev.lambdarollouts.functions.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Says hello: {@code {"name": "Ada"}} in, {@code {"message": "Hello, Ada!"}} out. */
public final class HelloHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return Map.of("message", "Hello, " + event.getOrDefault("name", "world") + "!");
  }
}
