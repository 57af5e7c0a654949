package dev.lambdarollouts.functions.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/**
 * Says hello in the caller's language: {@code {"name": "Ada", "language": "de"}} in, {@code
 * {"message": "Hallo, Ada!"}} out. English where it does not know the language.
 */
public final class HelloHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Map<Object, String> GREETINGS =
      Map.of("de", "Hallo", "en", "Hello", "es", "Hola", "fr", "Bonjour");

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    String greeting = GREETINGS.getOrDefault(event.getOrDefault("language", "en"), "Hello");
    return Map.of("message", greeting + ", " + event.getOrDefault("name", "world") + "!");
  }
}
