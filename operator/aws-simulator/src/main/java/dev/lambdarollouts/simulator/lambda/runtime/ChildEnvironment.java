package dev.lambdarollouts.simulator.lambda.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment of a Node.js or Python function: a child process, which ends with it.
 * Time-outs are real time; one that is exceeded kills the child and all that it started.
 */
final class ChildEnvironment implements Environment {
  private static final int INIT_SECONDS = 10;
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

  private final Process process;
  private final OutputStream input;
  private final ChildOutput output;
  private final @Nullable String accessKey;
  private final long startNanos = System.nanoTime();
  private boolean started;
  private volatile boolean ended;

  /** Starts the child; its first run waits until it has loaded the handler. */
  ChildEnvironment(ChildRuntime runtime, TaskFolder folder, Execution execution)
      throws IOException {
    String mark = "\u001e" + UUID.randomUUID() + ":";
    ProcessBuilder builder =
        new ProcessBuilder(runtime.command(folder))
            .directory(folder.task().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables(execution, folder));
    this.accessKey = execution.environment().get(ACCESS_KEY);
    this.output = new ChildOutput(mark);
    this.process = builder.start();
    this.input = process.getOutputStream();
    Thread.ofVirtual()
        .name("lambda-output-" + execution.functionName())
        .start(() -> output.follow(process.getInputStream()));
    send(
        Json.object()
            .put("mark", mark)
            .put("handler", execution.handler())
            .put("taskRoot", folder.task().toString())
            .put("logFormat", execution.environment().getOrDefault("AWS_LAMBDA_LOG_FORMAT", "Text"))
            .put("callbacks", takesCallbacks(execution)));
  }

  /** An environment has the credentials that it started with: it ends when they do. */
  @Override
  public boolean fits(Execution execution) {
    return !ended
        && process.isAlive()
        && Objects.equals(accessKey, execution.environment().get(ACCESS_KEY));
  }

  @Override
  public Outcome run(Execution execution) {
    Duration init = null;
    StringBuilder log = new StringBuilder();
    long start = System.nanoTime();
    try {
      if (!started) {
        ChildOutput.Message ready = output.next(INIT_SECONDS + (long) execution.timeoutSeconds());
        if (ready == null) {
          return timedOut(execution, log, start);
        }
        log.append(ready.printed());
        init = Duration.ofNanos(System.nanoTime() - startNanos);
        if (ready.kind() != ChildOutput.Kind.READY) {
          close();
          return failed(ready, execution, log, Duration.ofMillis(1), init);
        }
        started = true;
      }
      start = System.nanoTime();
      send(
          Json.object()
              .put("id", execution.requestId())
              .put("arn", execution.invokedArn())
              .put("timeoutSeconds", execution.timeoutSeconds())
              .put("event", new String(execution.payload(), StandardCharsets.UTF_8)));
      ChildOutput.Message answer = output.next(execution.timeoutSeconds());
      if (answer == null) {
        return timedOut(execution, log, start);
      }
      log.append(answer.printed());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      if (answer.kind() == ChildOutput.Kind.DONE) {
        byte[] result = answer.body().path("result").asText().getBytes(StandardCharsets.UTF_8);
        return new Outcome(result, null, log.toString(), duration, init, null);
      }
      if (answer.kind() != ChildOutput.Kind.ERROR) {
        close();
      }
      return failed(answer, execution, log, duration, init);
    } catch (IOException e) {
      // The child ended between two runs: what it says last is told.
      close();
      return exited(execution, log, Duration.ofNanos(System.nanoTime() - start), init);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      return Outcome.failed("Runtime.ExitError", "The simulator is stopping", Duration.ZERO);
    }
  }

  @Override
  public void close() {
    ended = true;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(INIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome failed(
      ChildOutput.Message message,
      Execution execution,
      StringBuilder log,
      Duration duration,
      @Nullable Duration init) {
    if (message.kind() == ChildOutput.Kind.ENDED) {
      return exited(execution, log, duration, init);
    }
    byte[] error = Json.write(message.body().path("error"));
    return new Outcome(error, Outcome.UNHANDLED, log.toString(), duration, init, null);
  }

  private Outcome exited(
      Execution execution, StringBuilder log, Duration duration, @Nullable Duration init) {
    String why = exitReason();
    ObjectNode error =
        Json.object()
            .put("errorType", "Runtime.ExitError")
            .put("errorMessage", "RequestId: " + execution.requestId() + " Error: " + why);
    return new Outcome(
        Json.write(error),
        Outcome.UNHANDLED,
        log.toString(),
        duration,
        init,
        "error\tError Type: Runtime.ExitError");
  }

  private String exitReason() {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        return "Runtime exited without providing a reason";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Runtime exited without providing a reason";
    }
    int status = process.exitValue();
    if (status > 128 && status - 128 == 9) {
      return "Runtime exited with error: signal: killed";
    }
    return status == 0
        ? "Runtime exited without providing a reason"
        : "Runtime exited with error: exit status " + status;
  }

  private Outcome timedOut(Execution execution, StringBuilder log, long start)
      throws InterruptedException {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    close();
    log.append(output.rest(1));
    return Outcome.timedOut(execution, log.toString(), duration);
  }

  private void send(ObjectNode request) throws IOException {
    input.write(Json.write(request));
    input.write('\n');
    input.flush();
  }

  /** AWS' variables, with the package where it really is. */
  private static Map<String, String> variables(Execution execution, TaskFolder folder) {
    Map<String, String> variables = new LinkedHashMap<>(execution.environment());
    variables.put("LAMBDA_TASK_ROOT", folder.task().toString());
    variables.putIfAbsent("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin");
    variables.putIfAbsent("LANG", "en_US.UTF-8");
    variables.put("PWD", folder.task().toString());
    return variables;
  }

  /** Node.js 24 and later take no callbacks. */
  private static boolean takesCallbacks(Execution execution) {
    String runtime = execution.environment().getOrDefault("AWS_EXECUTION_ENV", "");
    String number = runtime.replaceAll("^AWS_Lambda_nodejs(\\d{1,4})\\.x$", "$1");
    return number.equals(runtime) || Integer.parseInt(number) < 24;
  }
}
