package dev.lambdarollouts.app.cluster;

import dev.lambdarollouts.app.configuration.OperatorConfiguration.LeaderElection;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is the one that acts, by a Lease in its own namespace.
 *
 * <p>Invariant: it is told that the Lease is lost before another can have it, also when the API
 * server hangs so that no renewal even fails. For that a watchdog counts the time since the last
 * renewal; fabric8's elector alone would wait for its request to end. (Another judges the Lease's
 * age by its own clock: clocks that differ by more than lease-duration less renew-deadline break
 * this, as in every Kubernetes leader election that trusts renewTime.)
 */
public final class Leadership implements AutoCloseable {

  /** The name of the Lease. */
  public static final String LEASE = "lambda-rollouts-operator";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final long WATCH_MILLIS = 100;
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(3);

  private enum State {
    WAITING,
    LEADING,
    LOST,
    ENDED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease-watchdog").factory());
  private final LeaderElection settings;
  private final RenewalLock lock;
  private final LeaderElector elector;
  private final Runnable onLeading;
  private final Runnable onLost;
  private @Nullable CompletableFuture<?> election;
  private @Nullable Future<?> watching;

  /**
   * @param onLeading called once, on a thread of its own
   * @param onLost called at most once, when the Lease is lost though nobody closed this; must not
   *     wait for anything: another may act from now on
   */
  public Leadership(
      KubernetesClient client,
      String namespace,
      LeaderElection settings,
      Runnable onLeading,
      Runnable onLost) {
    this(client, namespace, settings, holder(), onLeading, onLost);
  }

  Leadership(
      KubernetesClient client,
      String namespace,
      LeaderElection settings,
      String holder,
      Runnable onLeading,
      Runnable onLost) {
    this.settings = settings;
    this.onLeading = onLeading;
    this.onLost = onLost;
    lock = new RenewalLock(namespace, LEASE, holder);
    elector =
        new LeaderElector(
            client,
            new LeaderElectionConfig(
                lock,
                settings.leaseDuration(),
                settings.renewDeadline(),
                settings.retryPeriod(),
                new LeaderCallbacks(this::leading, this::lost, this::told),
                true,
                LEASE),
            threads);
  }

  /** Begins to ask for the Lease. */
  public synchronized void start() {
    election = elector.start();
    watching =
        watchdog.scheduleWithFixedDelay(
            this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether it has the Lease now. */
  public boolean isLeading() {
    return state.get() == State.LEADING;
  }

  /** Gives the Lease back, so that another can have it at once. To be called when all is quiet. */
  @Override
  public void close() {
    end();
  }

  /** Stops renewing without giving the Lease back: another has it when it has expired. */
  public void leaveToExpire() {
    lock.leaveAlone();
    end();
  }

  private synchronized void end() {
    State before = state.getAndSet(State.ENDED);
    if (watching != null) {
      watching.cancel(false);
    }
    watchdog.shutdown();
    if (before == State.LOST) {
      lock.leaveAlone();
    }
    if (election != null) {
      giveBack(election);
    }
    threads.shutdown();
  }

  /** The elector releases the Lease on this thread; an API server that hangs must not hold us. */
  private void giveBack(CompletableFuture<?> running) {
    Thread release = Thread.ofVirtual().name("lease-release").start(() -> running.cancel(true));
    try {
      if (!release.join(RELEASE_LIMIT)) {
        LOG.warn("could not give Lease {} back in time, it expires by itself", lock.describe());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.leaveAlone();
  }

  private void leading() {
    if (state.compareAndSet(State.WAITING, State.LEADING)) {
      LOG.info("leading, by Lease {}", lock.describe());
      threads.execute(onLeading);
    }
  }

  private void watch() {
    if (isLeading() && lock.sinceRenewal().compareTo(settings.renewDeadline()) > 0) {
      lost();
    }
  }

  private void lost() {
    if (state.compareAndSet(State.LEADING, State.LOST)) {
      LOG.error("lost Lease {}: nothing more is written", lock.describe());
      onLost.run();
    }
  }

  /** The pod's name where there is one, and unlike any other process'. */
  private static String holder() {
    String host =
        System.getenv().getOrDefault("HOSTNAME", "process-" + ProcessHandle.current().pid());
    return host + "_" + UUID.randomUUID();
  }

  private void told(@Nullable String leader) {
    LOG.debug("Lease {} is held by {}", lock.describe(), leader);
  }
}
