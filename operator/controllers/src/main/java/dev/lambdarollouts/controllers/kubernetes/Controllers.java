package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.loop.LoopPorts;
import dev.lambdarollouts.controllers.loop.Promotions;
import dev.lambdarollouts.controllers.loop.RolloutLoop;
import dev.lambdarollouts.controllers.loop.StageSlots;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.controllers.metrics.RolloutMetrics;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All controllers at work, put together here. */
public final class Controllers {
  /**
   * What went wrong unexpectedly is tried again for ever; what AWS answers is no exception here.
   */
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** Loading ten thousand rollouts takes some seconds. */
  private static final Duration CACHE_SYNC = Duration.ofMinutes(2);

  private final Operator operator;
  private final ExecutorService reconciles = Executors.newVirtualThreadPerTaskExecutor();
  private final EventTeller events;
  private final AtomicReference<@Nullable Caches> filling = new AtomicReference<>();
  private final AtomicReference<@Nullable Caches> filled = new AtomicReference<>();

  private Controllers(
      KubernetesClient client, Duration stopLimit, Consumer<RuntimeException> onFailure) {
    events = new EventTeller(client);
    operator =
        new Operator(
            service ->
                service
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(reconciles)
                    .withCacheSyncTimeout(CACHE_SYNC)
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
                        })
                    // A server-side apply fails on a stored spec of a wrong type; JSON patches do
                    // not.
                    .withUseSSAToPatchPrimaryResource(false)
                    .checkingCRDAndValidateLocalModel(false));
  }

  /**
   * Sets them to work and returns when the caches are filled.
   *
   * @param installation id of this installation, as it stands in tags
   * @param leaderSince when this process became the one that acts
   * @param onFailure told when an informer died: nothing is seen of its kind any more
   */
  public static Controllers start(
      KubernetesClient client,
      ControllerSettings settings,
      AwsPort aws,
      TimeSource time,
      RolloutMetrics metrics,
      String installation,
      Instant leaderSince,
      Consumer<RuntimeException> onFailure) {
    Controllers controllers = new Controllers(client, settings.stopLimit(), onFailure);
    try {
      controllers.register(client, settings, aws, time, metrics, installation, leaderSince);
      controllers.operator.start();
      controllers.filled.set(controllers.filling.get());
      return controllers;
    } catch (RuntimeException problem) {
      controllers.stop(Duration.ZERO);
      throw problem;
    }
  }

  private void register(
      KubernetesClient client,
      ControllerSettings settings,
      AwsPort aws,
      TimeSource time,
      RolloutMetrics metrics,
      String installation,
      Instant leaderSince) {
    StatusPatch patches = new StatusPatch(client);
    AtomicReference<@Nullable Promotions> promotions = new AtomicReference<>();
    FunctionReconciler functions =
        new FunctionReconciler(
            patches, filled::get, () -> Objects.requireNonNull(promotions.get()), time);
    promotions.set(new Promotions(functions::wake));
    AtomicReference<@Nullable StageReconciler> stageOf = new AtomicReference<>();
    StageSlots slots = new StageSlots(stage -> Objects.requireNonNull(stageOf.get()).wake(stage));
    StageReconciler stages =
        new StageReconciler(
            patches,
            filled::get,
            namespace -> {
              Caches caches = filled.get();
              return caches == null
                  ? null
                  : new CachedCluster(client, caches, settings).configs(namespace);
            },
            aws,
            slots,
            time);
    stageOf.set(stages);
    AtomicReference<@Nullable RolloutReconciler> rollouts = new AtomicReference<>();
    RolloutReconciler reconciler =
        new RolloutReconciler(
            context -> {
              RolloutReconciler self = Objects.requireNonNull(rollouts.get());
              Caches caches = new Caches(context, settings);
              filling.set(caches);
              LoopPorts ports =
                  new LoopPorts(
                      new CachedCluster(client, caches, settings),
                      new ClusterPatches(client, events),
                      aws,
                      time,
                      metrics,
                      installation,
                      settings.driftCheckInterval(),
                      () -> leaderSince,
                      settings.approvalsIgnoredUsers()::contains);
              return new RolloutReconciler.Assembly(
                  caches,
                  new RolloutLoop(
                      ports, Objects.requireNonNull(promotions.get()), slots, self::wake),
                  new WakeUps(time, self::wake),
                  metrics,
                  new RolloutFinalizer(client));
            });
    rollouts.set(reconciler);
    operator.register(
        reconciler,
        override ->
            configure(override, settings)
                .withGenerationAware(false)
                .withOnUpdateFilter(Controllers::concerns));
    operator.register(functions, override -> configure(override, settings));
    operator.register(stages, override -> configure(override, settings));
    operator.register(
        new StrategyReconciler(patches, filled::get, time),
        override -> configure(override, settings));
    operator.register(
        new ActionReconciler(
            patches,
            filled::get,
            rollout ->
                client
                        .resources(LambdaRollout.class)
                        .inNamespace(rollout.namespace())
                        .withName(rollout.name())
                        .get()
                    != null,
            action -> client.resource(action).delete(),
            time),
        override -> configure(override, settings));
  }

  private static <R extends HasMetadata> ControllerConfigurationOverrider<R> configure(
      ControllerConfigurationOverrider<R> override, ControllerSettings settings) {
    override.withRetry(
        new GenericRetry()
            .setInitialInterval(Duration.ofSeconds(1))
            .setMaxInterval(LONGEST_RETRY.toMillis())
            .withoutMaxAttempts());
    return switch (settings.watched()) {
      case ControllerSettings.Namespaces.All() -> override.watchingAllNamespaces();
      case ControllerSettings.Namespaces.Named(Set<String> names) ->
          override.settingNamespaces(names);
    };
  }

  /**
   * A status that was written, by us above all, concerns nobody, one that was taken away does;
   * annotations and deletion do.
   */
  private static boolean concerns(LambdaRollout now, LambdaRollout before) {
    var one = now.getMetadata();
    var other = before.getMetadata();
    return (now.status().isEmpty() && before.status().isPresent())
        || !Objects.equals(one.getGeneration(), other.getGeneration())
        || !Objects.equals(one.getAnnotations(), other.getAnnotations())
        || !Objects.equals(one.getFinalizers(), other.getFinalizers())
        || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp());
  }

  /**
   * Takes on nothing more and waits for what is under way.
   *
   * @param limit past that it waits no longer
   * @return whether all is quiet; false: something may still write
   */
  public boolean stop(Duration limit) {
    // Waits for reconciles itself, as long as it was told at start.
    operator.stop();
    reconciles.shutdown();
    boolean quiet = false;
    try {
      quiet = reconciles.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    events.close();
    return quiet;
  }
}
