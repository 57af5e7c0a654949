package dev.lambdarollouts.functions.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/**
 * Says hello in the caller's language: {@code {"name": "Ada", "language": "de"}} in, {@code
 * {"message": "Hallo, Ada!"}} out. English where it does not know the language. Writes into buffers
 * that it uses again, to leave less to the garbage collector.
 *
 * <p>Made to be rolled back: its errors grow with traffic, the README of this function says why. Do
 * not repair it.
 */
public final class HelloHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Map<Object, String> GREETINGS =
      Map.of("de", "Hallo", "en", "Hello", "es", "Hola", "fr", "Bonjour");

  private final BufferPool buffers = new BufferPool();

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    String greeting = GREETINGS.getOrDefault(event.getOrDefault("language", "en"), "Hello");
    StringBuilder buffer = buffers.take();
    try {
      buffer.append(greeting).append(", ").append(event.getOrDefault("name", "world")).append('!');
      return Map.of("message", buffer.toString());
    } finally {
      buffers.giveBack(buffer);
    }
  }
}
