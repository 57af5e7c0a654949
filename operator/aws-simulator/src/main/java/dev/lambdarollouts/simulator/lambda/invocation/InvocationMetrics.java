package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import dev.lambdarollouts.simulator.service.MetricSink;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * AWS/Lambda metrics of invocations: Invocations, Errors, Duration and Throttles, for all functions
 * together and by {FunctionName}, {FunctionName, Resource} and, for what came through an alias,
 * {FunctionName, Resource, ExecutedVersion}. A value is published when the run has ended, with the
 * time at which it started.
 */
public final class InvocationMetrics {
  private static final String NAMESPACE = "AWS/Lambda";

  private final Timeline timeline;
  private final MetricSink sink;
  private final TrafficShares shares;

  public InvocationMetrics(Timeline timeline, MetricSink sink, TrafficShares shares) {
    this.timeline = timeline;
    this.sink = sink;
    this.shares = shares;
  }

  void publish(
      Invoker.Target target, Concurrency.Admission admission, Outcome outcome, Instant start) {
    shares.add(target.invokedArn(), target.version(), start);
    double milliseconds = outcome.duration().toNanos() / 1e6;
    double error = outcome.succeeded() ? 0 : 1;
    timeline.schedule(
        start.plus(outcome.duration()),
        at ->
            timeline.exclusively(
                () -> {
                  for (Map<String, String> dimensions : dimensions(target, true)) {
                    record(target, "Invocations", dimensions, start, 1, "Count");
                    record(target, "Errors", dimensions, start, error, "Count");
                    record(target, "Throttles", dimensions, start, 0, "Count");
                    switch (admission) {
                      case PROVISIONED -> {
                        String metric = "ProvisionedConcurrencyInvocations";
                        record(target, metric, dimensions, start, 1, "Count");
                      }
                      case SPILLOVER -> {
                        String metric = "ProvisionedConcurrencySpilloverInvocations";
                        record(target, metric, dimensions, start, 1, "Count");
                      }
                      case ON_DEMAND -> {}
                    }
                    record(target, "Duration", dimensions, start, milliseconds, "Milliseconds");
                  }
                }));
  }

  /** Throttling comes before routing, so no version is known. */
  public void throttled(Invoker.Target target, Instant at) {
    for (Map<String, String> dimensions : dimensions(target, false)) {
      record(target, "Throttles", dimensions, at, 1, "Count");
    }
  }

  private void record(
      Invoker.Target target,
      String metric,
      Map<String, String> dimensions,
      Instant at,
      double value,
      String unit) {
    sink.record(target.location(), NAMESPACE, metric, dimensions, at, value, unit);
  }

  private static List<Map<String, String>> dimensions(Invoker.Target target, boolean routed) {
    String name = target.reference().name();
    String qualifier = target.reference().qualifier();
    String resource = qualifier == null ? name : name + ":" + qualifier;
    List<Map<String, String>> sets = new ArrayList<>();
    sets.add(Map.of());
    sets.add(Map.of("FunctionName", name));
    sets.add(Map.of("FunctionName", name, "Resource", resource));
    if (target.throughAlias() && routed) {
      sets.add(
          Map.of("FunctionName", name, "Resource", resource, "ExecutedVersion", target.version()));
    }
    return sets;
  }
}
