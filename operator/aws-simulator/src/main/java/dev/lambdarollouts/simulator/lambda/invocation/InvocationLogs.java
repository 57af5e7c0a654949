package dev.lambdarollouts.simulator.lambda.invocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.runtime.Execution;
import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.LogSink;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What Lambda writes to CloudWatch Logs of a run, in text or in JSON as the function's logging
 * configuration says. It is there when the run has ended in simulated time.
 */
public final class InvocationLogs {
  private final Timeline timeline;
  private final LogSink sink;

  public InvocationLogs(Timeline timeline, LogSink sink) {
    this.timeline = timeline;
    this.sink = sink;
  }

  void publish(Invoker.Run run, Instant start) {
    Instant end = start.plus(run.outcome().duration());
    Execution execution = run.execution();
    boolean json = run.target().deployment().logging("LogFormat").equals("JSON");
    List<LogSink.Line> lines = json ? json(run, start, end) : text(run, start, end);
    timeline.schedule(
        end,
        at ->
            timeline.exclusively(
                () ->
                    sink.write(
                        run.target().location(),
                        execution.logGroup(),
                        execution.logStream(),
                        lines)));
  }

  private static List<LogSink.Line> text(Invoker.Run run, Instant start, Instant end) {
    List<LogSink.Line> lines = new ArrayList<>();
    if (run.outcome().init() != null) {
      lines.add(new LogSink.Line(start, "INIT_START Runtime Version: " + runtime(run) + "\n"));
    }
    boolean ended = false;
    for (String line : LogTail.of(run).lines().toList()) {
      ended |= line.equals("END RequestId: " + run.execution().requestId());
      lines.add(new LogSink.Line(ended ? end : start, line + "\n"));
    }
    return lines;
  }

  /** Platform events below the function's system log level WARN are not written. */
  private static List<LogSink.Line> json(Invoker.Run run, Instant start, Instant end) {
    boolean platform = !run.target().deployment().logging("SystemLogLevel").equals("WARN");
    List<LogSink.Line> lines = new ArrayList<>();
    Execution execution = run.execution();
    if (platform) {
      ObjectNode record =
          Json.object()
              .put("requestId", execution.requestId())
              .put("functionArn", execution.invokedArn())
              .put("version", execution.version());
      lines.add(event(start, "platform.start", record));
    }
    for (String line : run.outcome().log().lines().toList()) {
      lines.add(new LogSink.Line(start, line.startsWith("{") ? line : wrapped(run, start, line)));
    }
    if (platform) {
      lines.add(event(end, "platform.report", report(run)));
    }
    return lines;
  }

  private static String wrapped(Invoker.Run run, Instant at, String line) {
    return Json.text(
        Json.object()
            .put("timestamp", at.toString())
            .put("level", "INFO")
            .put("requestId", run.execution().requestId())
            .put("message", line));
  }

  private static ObjectNode report(Invoker.Run run) {
    Outcome outcome = run.outcome();
    ObjectNode record = Json.object().put("requestId", run.execution().requestId());
    Duration init = outcome.init();
    Duration billed = init == null ? outcome.duration() : outcome.duration().plus(init);
    ObjectNode metrics =
        record
            .putObject("metrics")
            .put("durationMs", milliseconds(outcome.duration()))
            .put("billedDurationMs", Math.ceilDiv(billed.toNanos(), 1_000_000))
            .put("memorySizeMB", run.execution().memoryMegabytes())
            .put("maxMemoryUsedMB", LogTail.memory(run));
    if (init != null) {
      metrics.put("initDurationMs", milliseconds(init));
    }
    String failure = outcome.runtimeFailure();
    return record.put(
        "status", failure != null ? failure : outcome.succeeded() ? "success" : "failure");
  }

  private static double milliseconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e4) / 100.0;
  }

  private static LogSink.Line event(Instant at, String type, ObjectNode record) {
    ObjectNode event = Json.object().put("time", at.toString()).put("type", type);
    event.set("record", record);
    return new LogSink.Line(at, Json.text(event));
  }

  private static String runtime(Invoker.Run run) {
    String runtime = run.target().deployment().setting("Runtime");
    return runtime.replaceFirst("([a-z])(\\d)", "$1:$2") + ".v1";
  }
}
