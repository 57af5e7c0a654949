package dev.lambdarollouts.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.BooleanSupplier;

/** The metrics of the process itself; those of rollouts come from the controllers. */
final class OperatorMetrics {

  private OperatorMetrics() {}

  /** {@code lambda_rollouts_leader}: 1 when this process is the one that acts, else 0. */
  static void leadership(MeterRegistry registry, BooleanSupplier leads) {
    Gauge.builder("lambda.rollouts.leader", () -> leads.getAsBoolean() ? 1 : 0)
        .description("1 when this process is the one that acts, else 0")
        .strongReference(true)
        .register(registry);
  }

  /** Everything in Prometheus' text format; nothing where the registry is another kind. */
  static String scrape(MeterRegistry registry) {
    return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
  }
}
