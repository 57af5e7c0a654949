package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.metrics.MicrometerRolloutMetrics;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door to this module: all controllers, registered with one operator. */
public final class Controllers {
  /** On rollouts: the alias is put on stable before one goes. */
  public static final String ROLLOUT_FINALIZER = "lambdarollouts.dev/alias-on-stable";

  /** On functions and stages: they stay while a rollout names them. */
  public static final String IN_USE_FINALIZER = "lambdarollouts.dev/in-use";

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  private Controllers() {}

  /**
   * What JOSDK has to be told for these controllers; the rest (client, leader election) is the
   * caller's.
   *
   * @param shutdownTimeout how long reconciles under way may take to finish; JOSDK's default is
   *     none
   */
  public static void configure(ConfigurationServiceOverrider josdk, Duration shutdownTimeout) {
    josdk
        // Server-side apply fails on an object whose stored spec has a wrong type.
        .withUseSSAToPatchPrimaryResource(false)
        .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
        .withReconciliationTerminationTimeout(shutdownTimeout);
  }

  /**
   * Registers all controllers; {@link Operator#start()} starts them.
   *
   * @param time the one time of the process
   * @param installation id of this installation, as it stands in the tags of its functions
   * @param leaderSince when this process became the one that acts; asked only once it is
   */
  public static void register(
      Operator operator,
      ControllerSettings settings,
      AwsPort aws,
      TimeSource time,
      MeterRegistry meters,
      String installation,
      Supplier<Instant> leaderSince) {
    LambdaFunctionReconciler functions = new LambdaFunctionReconciler(time);
    LambdaRolloutReconciler rollouts =
        new LambdaRolloutReconciler(
            settings,
            aws,
            time,
            new MicrometerRolloutMetrics(meters),
            installation,
            leaderSince,
            functions.promotions());
    register(operator, settings, "lambda-rollouts", rollouts, ROLLOUT_FINALIZER);
    register(operator, settings, "lambda-functions", functions, IN_USE_FINALIZER);
    register(
        operator,
        settings,
        "lambda-stages",
        new LambdaStageReconciler(aws, time),
        IN_USE_FINALIZER);
    register(operator, settings, "rollout-strategies", new RolloutStrategyReconciler(time), null);
    register(operator, settings, "rollout-actions", new RolloutActionReconciler(time), null);
  }

  private static <P extends HasMetadata> void register(
      Operator operator,
      ControllerSettings settings,
      String name,
      Reconciler<P> reconciler,
      @Nullable String finalizer) {
    operator.register(
        reconciler,
        (ControllerConfigurationOverrider<P> controller) -> {
          controller
              .withName(name)
              // Our own filter sees annotations too; JOSDK's knows generations only.
              .withGenerationAware(false)
              .withOnUpdateFilter(Filters.changedByPeople())
              .withRetry(
                  new GenericRetry()
                      .withoutMaxAttempts()
                      .setInitialInterval(FIRST_RETRY)
                      .setMaxInterval(LONGEST_RETRY.toMillis()))
              .withReconciliationMaxInterval(null);
          if (finalizer != null) {
            controller.withFinalizer(finalizer);
          }
          if (!settings.watchNamespaces().isEmpty()) {
            controller.settingNamespaces(settings.watchNamespaces());
          }
        });
  }
}
