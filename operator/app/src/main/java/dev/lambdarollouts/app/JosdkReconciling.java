package dev.lambdarollouts.app;

import dev.lambdarollouts.app.configuration.NamespaceSelection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reconcilers under JOSDK, with what its defaults get wrong for us set right: retries never end, a
 * stop waits for what is under way and says whether all is quiet, a dead informer is told instead
 * of ending the JVM, and the client stays the caller's. Leadership is decided before it starts, not
 * by JOSDK, which does not give its Lease back.
 */
final class JosdkReconciling implements Reconciling {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** What is interrupted needs a moment to end. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final Operator operator;
  private final ExecutorService threads;

  private JosdkReconciling(Operator operator, ExecutorService threads) {
    this.operator = operator;
    this.threads = threads;
  }

  /**
   * Starts them and returns when their caches are filled.
   *
   * @param stopLimit how long a stop waits for reconciles under way
   * @param onFailure told when an informer died: nothing is seen of its kind any more
   */
  static JosdkReconciling start(
      KubernetesClient client,
      NamespaceSelection watched,
      Duration stopLimit,
      List<? extends Reconciler<?>> reconcilers,
      Consumer<RuntimeException> onFailure) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Operator operator =
        new Operator(
            josdk ->
                josdk
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(threads)
                    .withReconciliationTerminationTimeout(stopLimit)
                    .withInformerStoppedHandler(
                        (informer, cause) -> {
                          if (cause != null) {
                            onFailure.accept(
                                new IllegalStateException(
                                    "the watch of "
                                        + informer.getApiTypeClass().getSimpleName()
                                        + " ended",
                                    cause));
                          }
                        }));
    reconcilers.forEach(reconciler -> register(operator, reconciler, watched));
    operator.start();
    return new JosdkReconciling(operator, threads);
  }

  @Override
  public boolean stop(Duration limit) {
    operator.stop();
    try {
      return threads.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <R extends HasMetadata> void register(
      Operator operator, Reconciler<R> reconciler, NamespaceSelection watched) {
    operator.register(reconciler, settings -> set(settings, watched));
  }

  private static <R extends HasMetadata> void set(
      ControllerConfigurationOverrider<R> settings, NamespaceSelection watched) {
    settings.withRetry(
        new GenericRetry()
            .setInitialInterval(FIRST_RETRY.toMillis())
            .setIntervalMultiplier(2)
            .setMaxInterval(LONGEST_RETRY.toMillis())
            .withoutMaxAttempts());
    switch (watched) {
      case NamespaceSelection.All() -> settings.watchingAllNamespaces();
      case NamespaceSelection.Named(var names) -> settings.settingNamespaces(names);
    }
  }
}
