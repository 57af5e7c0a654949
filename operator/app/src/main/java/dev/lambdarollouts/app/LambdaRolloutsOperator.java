package dev.lambdarollouts.app;

import dev.lambdarollouts.app.cluster.IdentitySecret;
import dev.lambdarollouts.app.cluster.InstalledApi;
import dev.lambdarollouts.app.cluster.Leadership;
import dev.lambdarollouts.app.cluster.OwnNamespace;
import dev.lambdarollouts.app.configuration.OperatorConfiguration;
import dev.lambdarollouts.app.http.Health;
import dev.lambdarollouts.app.http.HealthAndMetrics;
import dev.lambdarollouts.aws.AwsGateway;
import dev.lambdarollouts.aws.InstallationIdentity;
import dev.lambdarollouts.controllers.kubernetes.Controllers;
import dev.lambdarollouts.controllers.metrics.MicrometerRolloutMetrics;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.TimeSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole operator in one process, put together here and nowhere else. It stands by until it has
 * the Lease, then reconciles until it is closed or loses it.
 *
 * <p>Closing goes in this order: no new reconciles, and those under way end; the Lease is given
 * back, so that another takes over at once; AWS; HTTP. If a reconcile does not end in time, the
 * Lease is left to expire instead. The cluster's client and the time source stay the caller's.
 */
public final class LambdaRolloutsOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LambdaRolloutsOperator.class);

  private final ReentrantLock turning = new ReentrantLock();
  private final OperatorConfiguration configuration;
  private final TimeSource time;
  private final InstallationIdentity identity;
  private final AwsPort aws;
  private final Reconciling.Beginning beginning;
  private final Consumer<UnexpectedEnd> onUnexpectedEnd;
  private final HealthAndMetrics http;
  private volatile State state = new State.StandingBy();
  private @Nullable Leadership leadership;
  private @Nullable Reconciling reconciling;

  /** Where it is between start and end. */
  private sealed interface State {
    record StandingBy() implements State {}

    record Leading(Instant since) implements State {}

    record Ended(String why) implements State {}
  }

  private LambdaRolloutsOperator(
      OperatorConfiguration configuration,
      TimeSource time,
      InstallationIdentity identity,
      AwsPort aws,
      Reconciling.Beginning beginning,
      MeterRegistry metrics,
      Consumer<UnexpectedEnd> onUnexpectedEnd) {
    this.configuration = configuration;
    this.time = time;
    this.identity = identity;
    this.aws = aws;
    this.beginning = beginning;
    this.onUnexpectedEnd = onUnexpectedEnd;
    OperatorMetrics.leadership(metrics, () -> leaderSince() != null);
    http =
        HealthAndMetrics.start(
            configuration.httpPort(), this::health, () -> OperatorMetrics.scrape(metrics));
  }

  /**
   * Starts it against AWS by the SDK's own settings, with metrics of its own; the process is told
   * of an unexpected end by the log only. For the demo and benchmarks.
   */
  public static LambdaRolloutsOperator start(
      OperatorConfiguration configuration, KubernetesClient client, TimeSource time) {
    return start(configuration, client, time, null);
  }

  /**
   * The same, for several in one process, each with an AWS of its own.
   *
   * @param awsEndpoint of all AWS services; absent: by the SDK's own settings
   */
  public static LambdaRolloutsOperator start(
      OperatorConfiguration configuration,
      KubernetesClient client,
      TimeSource time,
      @Nullable URI awsEndpoint) {
    return start(
        configuration,
        client,
        time,
        awsEndpoint,
        OperatorMetrics.ofThisProcess("embedded"),
        end -> LOG.error("ended unexpectedly: {}", end));
  }

  /**
   * Starts it against AWS by the SDK's own settings and returns while it still stands by.
   *
   * @param client of the cluster; stays the caller's to close
   * @param time the one time of the process
   * @param metrics shown at /metrics when it is Prometheus'
   * @param onUnexpectedEnd told, at most once, when it does no more though nobody closed it
   * @throws RuntimeException when the cluster does not answer, refuses, or does not serve our
   *     resources, or the port is taken
   */
  public static LambdaRolloutsOperator start(
      OperatorConfiguration configuration,
      KubernetesClient client,
      TimeSource time,
      MeterRegistry metrics,
      Consumer<UnexpectedEnd> onUnexpectedEnd) {
    return start(configuration, client, time, null, metrics, onUnexpectedEnd);
  }

  private static LambdaRolloutsOperator start(
      OperatorConfiguration configuration,
      KubernetesClient client,
      TimeSource time,
      @Nullable URI awsEndpoint,
      MeterRegistry metrics,
      Consumer<UnexpectedEnd> onUnexpectedEnd) {
    InstalledApi.require(client);
    return start(
        configuration,
        client,
        identity -> {
          AwsGateway aws =
              new AwsGateway(
                  time,
                  identity,
                  Wiring.gateway(configuration, awsEndpoint),
                  OperatorMetrics.awsCalls(metrics));
          OperatorMetrics.alarmPollAge(metrics, aws);
          return aws;
        },
        time,
        metrics,
        onUnexpectedEnd,
        turn -> {
          Controllers controllers =
              Controllers.start(
                  client,
                  Wiring.controllers(configuration),
                  turn.aws(),
                  time,
                  new MicrometerRolloutMetrics(metrics),
                  turn.identity().id(),
                  turn.leaderSince(),
                  turn.onFailure());
          return controllers::stop;
        });
  }

  /**
   * Starts it and returns while it still stands by.
   *
   * @param client of the cluster; stays the caller's to close
   * @param opening gives the way into AWS, which is closed with the operator
   * @param time the one time of the process
   * @param metrics shown at /metrics when it is Prometheus'
   * @param onUnexpectedEnd told, at most once, when it does no more though nobody closed it
   * @throws RuntimeException when the cluster does not answer or refuses, or the port is taken
   */
  static LambdaRolloutsOperator start(
      OperatorConfiguration configuration,
      KubernetesClient client,
      AwsOpening opening,
      TimeSource time,
      MeterRegistry metrics,
      Consumer<UnexpectedEnd> onUnexpectedEnd,
      Reconciling.Beginning beginning) {
    if (!OwnNamespace.runsInsideACluster()) {
      OwnNamespace.ensure(client, configuration.namespace());
    }
    InstallationIdentity identity = IdentitySecret.readOrMake(client, configuration.namespace());
    AwsPort aws = opening.open(identity);
    try {
      LambdaRolloutsOperator operator =
          new LambdaRolloutsOperator(
              configuration, time, identity, aws, beginning, metrics, onUnexpectedEnd);
      operator.seekLeadership(client);
      return operator;
    } catch (RuntimeException e) {
      aws.close();
      throw e;
    }
  }

  /** Who this installation is. */
  public InstallationIdentity identity() {
    return identity;
  }

  /** Where it answers over HTTP. */
  public int httpPort() {
    return http.port();
  }

  /** Since when it has been the one that acts, null when it is not. */
  public @Nullable Instant leaderSince() {
    return state instanceof State.Leading leading ? leading.since() : null;
  }

  @Override
  public void close() {
    boolean quiet = stopReconciling("closed", configuration.shutdownTimeout());
    Leadership lease = leadership;
    if (lease != null && quiet) {
      lease.close();
    } else if (lease != null) {
      LOG.warn("reconciles still run: the Lease is left to expire");
      lease.leaveToExpire();
    }
    aws.close();
    http.close();
  }

  private void seekLeadership(KubernetesClient client) {
    if (!configuration.leaderElection().enabled()) {
      lead();
      return;
    }
    leadership =
        new Leadership(
            client,
            configuration.namespace(),
            configuration.leaderElection(),
            this::lead,
            this::leaseLost);
    leadership.start();
  }

  private void lead() {
    turning.lock();
    try {
      if (state instanceof State.StandingBy) {
        Instant since = time.instant();
        reconciling = beginning.begin(new Reconciling.Turn(aws, identity, since, this::failed));
        state = new State.Leading(since);
        LOG.info("reconciling, leader since {}", since);
      }
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      turning.unlock();
    }
  }

  private void failed(RuntimeException cause) {
    state = new State.Ended("failed: " + cause.getMessage());
    onUnexpectedEnd.accept(new UnexpectedEnd.Failed(cause));
  }

  private void leaseLost() {
    state = new State.Ended("lost its Lease");
    Thread.ofVirtual().start(() -> stopReconciling("lost its Lease", Duration.ZERO));
    onUnexpectedEnd.accept(new UnexpectedEnd.LeaseLost());
  }

  /** Whether all is quiet: also when none ever ran. */
  private boolean stopReconciling(String why, Duration limit) {
    boolean ours = false;
    try {
      ours = turning.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
      state = new State.Ended(why);
      if (!ours) {
        return false;
      }
      Reconciling running = reconciling;
      reconciling = null;
      return running == null || running.stop(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (ours) {
        turning.unlock();
      }
    }
  }

  private Health health() {
    return switch (state) {
      case State.StandingBy() -> new Health(true, true, "stands by");
      case State.Leading(Instant since) -> new Health(true, true, "leads since " + since);
      case State.Ended(String why) -> new Health(false, false, why);
    };
  }
}
