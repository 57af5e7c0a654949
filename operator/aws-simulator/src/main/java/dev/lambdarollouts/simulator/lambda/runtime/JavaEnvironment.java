package dev.lambdarollouts.simulator.lambda.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment of a Java function: its classes, its handler object and its static
 * state, used by one run at a time, as on AWS.
 */
final class JavaEnvironment implements Environment {
  private final HandlerClassLoader loader;
  private final ByteArrayOutputStream logBytes = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(logBytes, true, StandardCharsets.UTF_8);
  private @Nullable HandlerMethod handler;
  private volatile boolean broken;

  JavaEnvironment(byte[] zip) throws IOException {
    this.loader = new HandlerClassLoader(zip);
  }

  /** It cannot be used again when its last run timed out and may still be going on. */
  @Override
  public boolean fits(Execution execution) {
    return !broken;
  }

  /** There is nothing to end: a run that goes on is interrupted by its time-out. */
  @Override
  public void close() {
    broken = true;
  }

  /**
   * Runs the handler with the execution's time-out in real time. The first run loads it first: that
   * is the cold start.
   */
  @Override
  public Outcome run(Execution execution) {
    logBytes.reset();
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    long start = System.nanoTime();
    Thread thread =
        Thread.ofVirtual()
            .name("lambda-" + execution.functionName() + "-" + execution.version())
            .unstarted(() -> result.complete(startAndCall(execution)));
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return result.get(execution.timeoutSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      broken = true;
      thread.interrupt();
      return Outcome.timedOut(execution, logged(), Duration.ofNanos(System.nanoTime() - start));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A run ends with an outcome", e.getCause());
    } catch (InterruptedException e) {
      broken = true;
      thread.interrupt();
      Thread.currentThread().interrupt();
      return Outcome.failed("Runtime.ExitError", "The simulator is stopping", Duration.ZERO);
    }
  }

  private Outcome startAndCall(Execution execution) {
    Duration init = null;
    long start = System.nanoTime();
    try {
      enter(execution.environment());
      HandlerMethod method = handler;
      if (method == null) {
        method = HandlerMethod.find(loader, execution.handler());
        handler = method;
        init = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
      }
      byte[] payload = method.call(execution.payload(), execution, log);
      return new Outcome(
          payload, null, logged(), Duration.ofNanos(System.nanoTime() - start), init, null);
    } catch (InvocationTargetException e) {
      return failed(e.getCause() == null ? e : e.getCause(), start, init);
    } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
      return failed(e, start, init);
    }
  }

  private void enter(Map<String, String> environment) throws ReflectiveOperationException {
    loader
        .bridge()
        .getMethod("enter", Map.class, PrintStream.class)
        .invoke(null, Map.copyOf(environment), log);
  }

  private Outcome failed(Throwable thrown, long startNanos, @Nullable Duration init) {
    if (thrown instanceof Error && !(thrown instanceof LinkageError)) {
      broken = true;
    }
    ObjectNode error =
        Json.object().put("errorMessage", thrown.getMessage()).put("errorType", typeOf(thrown));
    ArrayNode trace = error.putArray("stackTrace");
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("jdk.internal.reflect.")
          || frame.getClassName().startsWith(JavaEnvironment.class.getPackageName())) {
        break;
      }
      trace.add(frame.toString());
    }
    log.println(thrown.getMessage() + ": " + typeOf(thrown));
    return new Outcome(
        Json.write(error),
        Outcome.UNHANDLED,
        logged(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        init,
        null);
  }

  private static String typeOf(Throwable thrown) {
    return thrown instanceof HandlerMethod.UnreadablePayload
        ? RuntimeException.class.getName()
        : thrown.getClass().getName();
  }

  private String logged() {
    return logBytes.toString(StandardCharsets.UTF_8);
  }
}
