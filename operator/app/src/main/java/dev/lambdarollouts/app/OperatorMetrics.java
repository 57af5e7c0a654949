package dev.lambdarollouts.app;

import dev.lambdarollouts.aws.AlarmPollAge;
import dev.lambdarollouts.aws.AwsCallListener;
import dev.lambdarollouts.aws.AwsGateway;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The metrics of the process itself and of its calls to AWS; those of rollouts come from the
 * controllers.
 */
final class OperatorMetrics {

  private OperatorMetrics() {}

  /** A registry with what the JVM tells of itself. */
  static PrometheusMeterRegistry ofThisProcess(String version) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("lambda.rollouts.build.info", () -> 1)
        .description("always 1; its label is the version")
        .tag("version", version)
        .register(registry);
    return registry;
  }

  /** {@code lambda_rollouts_leader}: 1 when this process is the one that acts, else 0. */
  static void leadership(MeterRegistry registry, BooleanSupplier leads) {
    Gauge.builder("lambda.rollouts.leader", () -> leads.getAsBoolean() ? 1 : 0)
        .description("1 when this process is the one that acts, else 0")
        .register(registry);
  }

  /** {@code lambda_rollouts_aws_calls_total} by service, API and outcome. */
  static AwsCallListener awsCalls(MeterRegistry registry) {
    return (service, api, failure) ->
        Counter.builder("lambda.rollouts.aws.calls")
            .description("calls to AWS, the SDK's own retries inside")
            .tag("service", service)
            .tag("api", api)
            .tag("outcome", failure == null ? "ok" : failure.name().toLowerCase(Locale.ROOT))
            .register(registry)
            .increment();
  }

  /** {@code lambda_rollouts_alarm_poll_age_seconds}: 0 while nobody watches an alarm. */
  static void alarmPollAge(MeterRegistry registry, AwsGateway aws) {
    TimeGauge.builder(
            "lambda.rollouts.alarm.poll.age",
            () ->
                aws.alarmPollAges().stream()
                    .map(AlarmPollAge::age)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO)
                    .toMillis(),
            TimeUnit.MILLISECONDS)
        .description("how old the oldest sample of a watched alarm is; 0 while none is watched")
        .register(registry);
  }

  /** Everything in Prometheus' text format; nothing where the registry is another kind. */
  static String scrape(MeterRegistry registry) {
    return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
  }
}
