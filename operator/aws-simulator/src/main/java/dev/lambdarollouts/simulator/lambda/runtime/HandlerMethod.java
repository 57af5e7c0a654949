package dev.lambdarollouts.simulator.lambda.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The method that a handler string names, and how a payload gets in and out of it: as streams, or
 * as JSON read into its parameter's type.
 */
final class HandlerMethod {
  private static final String CONTEXT = "com.amazonaws.services.lambda.runtime.Context";

  private final @Nullable Object instance;
  private final Method method;

  /** One per environment: Jackson remembers classes, which must go when the environment goes. */
  private final ObjectMapper mapper =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private HandlerMethod(@Nullable Object instance, Method method) {
    this.instance = instance;
    this.method = method;
  }

  /**
   * @param handler {@code pkg.Class::method}, or {@code pkg.Class} for its handleRequest
   */
  static HandlerMethod find(ClassLoader loader, String handler)
      throws ReflectiveOperationException {
    int colons = handler.indexOf("::");
    String className = colons < 0 ? handler : handler.substring(0, colons);
    String methodName = colons < 0 ? "handleRequest" : handler.substring(colons + 2);
    Class<?> type = Class.forName(className, true, loader);
    Method method =
        Arrays.stream(type.getMethods())
            .filter(candidate -> candidate.getName().equals(methodName) && !candidate.isBridge())
            .max(Comparator.comparingInt(HandlerMethod::preference))
            .orElseThrow(
                () ->
                    new NoSuchMethodException(
                        "No public method named "
                            + methodName
                            + " with appropriate method signature found on class "
                            + className));
    method.trySetAccessible();
    Object instance =
        Modifier.isStatic(method.getModifiers())
            ? null
            : type.getDeclaredConstructor().newInstance();
    return new HandlerMethod(instance, method);
  }

  /** Runs the handler; what it throws comes out as an InvocationTargetException. */
  byte[] call(byte[] payload, Execution execution, PrintStream log)
      throws ReflectiveOperationException, IOException {
    Class<?>[] types = method.getParameterTypes();
    Type[] genericTypes = method.getGenericParameterTypes();
    ByteArrayOutputStream streamed = new ByteArrayOutputStream();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(types[i], genericTypes[i], payload, streamed, execution, log);
    }
    Object result = method.invoke(instance, arguments);
    return takesStreams() ? streamed.toByteArray() : mapper.writeValueAsBytes(result);
  }

  @SuppressWarnings("NullAway") // the payload `null` is a null argument
  private Object argument(
      Class<?> type,
      Type genericType,
      byte[] payload,
      OutputStream streamed,
      Execution execution,
      PrintStream log) {
    if (type == InputStream.class) {
      return new ByteArrayInputStream(payload);
    }
    if (type == OutputStream.class) {
      return streamed;
    }
    if (type.getName().equals(CONTEXT)) {
      return HandlerContext.of(type, execution, log);
    }
    try {
      return mapper.readValue(payload, mapper.constructType(genericType));
    } catch (JsonProcessingException e) {
      throw new UnreadablePayload(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory", e);
    }
  }

  private boolean takesStreams() {
    return List.of(method.getParameterTypes()).contains(OutputStream.class);
  }

  /** As AWS chooses among overloads: the most parameters, and a Context at the end. */
  private static int preference(Method candidate) {
    Class<?>[] types = candidate.getParameterTypes();
    boolean context = types.length > 0 && types[types.length - 1].getName().equals(CONTEXT);
    return types.length * 2 + (context ? 1 : 0);
  }

  /** The payload is no JSON of the parameter's type. */
  static final class UnreadablePayload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadablePayload(JsonProcessingException cause) {
      super("An error occurred during JSON parsing", cause);
    }
  }
}
