package dev.lambdarollouts.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.app.cluster.ClusterClient;
import dev.lambdarollouts.app.cluster.Leadership;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.configuration.OperatorConfiguration;
import dev.lambdarollouts.app.time.ManualTimeSource;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class LambdaRolloutsOperatorTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final TestCluster cluster = SharedTestCluster.get();
  private final KubernetesClient client = ClusterClient.connect(cluster.kubeconfig());
  private final String namespace = cluster.createNamespace("operator");
  private final MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> toClose = new ArrayList<>(List.of(client));
  private boolean quietInTime = true;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  @Test
  void itReconcilesOnceItLeadsAndShowsItOverHttp() throws Exception {
    LambdaRolloutsOperator operator = start("first");
    awaitTold("first reconciles since " + NOON);

    assertThat(operator.leaderSince()).isEqualTo(NOON);
    assertThat(get(operator, "/healthz").body()).isEqualTo("leads since " + NOON + "\n");
    assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
    assertThat(get(operator, "/metrics").body()).contains("lambda_rollouts_leader 1.0");
  }

  @Test
  void anotherStandsByAndTakesOverLongBeforeTheFirstOnesLeaseWouldHaveExpired() throws Exception {
    LambdaRolloutsOperator first = start("first");
    awaitTold("first reconciles since " + NOON);
    LambdaRolloutsOperator second = start("second");
    assertThat(get(second, "/readyz").body()).isEqualTo("stands by\n");
    assertThat(second.identity().id()).isEqualTo(first.identity().id());

    long closed = System.nanoTime();
    first.close();
    awaitTold("second reconciles since " + NOON);

    assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(12));
    assertThat(told)
        .containsExactly(
            "first reconciles since " + NOON,
            "first stops",
            "first closes AWS",
            "second reconciles since " + NOON);
  }

  @Test
  void whenAReconcileDoesNotEndInTimeTheLeaseIsNotGivenAway() {
    quietInTime = false;
    LambdaRolloutsOperator operator = start("first");
    awaitTold("first reconciles since " + NOON);

    operator.close();

    assertThat(leaseHolder()).isNotBlank();
  }

  @Test
  void whenTheLeaseIsLostItTellsAndIsNoLongerAlive() throws Exception {
    LambdaRolloutsOperator operator = start("first");
    awaitTold("first reconciles since " + NOON);

    client
        .leases()
        .inNamespace(namespace)
        .withName(Leadership.LEASE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"holderIdentity\":\"somebody else\"}}");
    awaitTold("first ends: LeaseLost[]");

    assertThat(operator.leaderSince()).isNull();
    assertThat(get(operator, "/healthz").statusCode()).isEqualTo(503);
    awaitTold("first stops");
    operator.close();
    assertThat(leaseHolder()).isEqualTo("somebody else");
  }

  @Test
  void whenReconcilingCannotBeginItTellsWhy() {
    LambdaRolloutsOperator operator =
        start(
            "first",
            turn -> {
              throw new IllegalStateException("no such API");
            });

    awaitTold("first ends: Failed[cause=java.lang.IllegalStateException: no such API]");
    assertThat(operator.leaderSince()).isNull();
  }

  @Test
  void withoutLeaderElectionItReconcilesAtOnceAndMakesNoLease() {
    toClose.add(
        LambdaRolloutsOperator.start(
            configuration(Map.of("LAMBDA_ROLLOUTS_LEADER_ELECTION_ENABLED", "false")),
            client,
            identity -> new ClosingAws("first"),
            new ManualTimeSource(NOON),
            metrics,
            end -> told.add("first ends: " + end),
            reconciling("first")));

    awaitTold("first reconciles since " + NOON);
    assertThat(client.leases().inNamespace(namespace).withName(Leadership.LEASE).get()).isNull();
  }

  private LambdaRolloutsOperator start(String name) {
    return start(name, reconciling(name));
  }

  private LambdaRolloutsOperator start(String name, Reconciling.Beginning beginning) {
    LambdaRolloutsOperator operator =
        LambdaRolloutsOperator.start(
            configuration(Map.of()),
            client,
            identity -> new ClosingAws(name),
            new ManualTimeSource(NOON),
            metrics,
            end -> told.add(name + " ends: " + end),
            beginning);
    toClose.add(operator);
    return operator;
  }

  private Reconciling.Beginning reconciling(String name) {
    return turn -> {
      told.add(name + " reconciles since " + turn.leaderSince());
      return limit -> {
        told.add(name + " stops");
        return quietInTime;
      };
    };
  }

  private OperatorConfiguration configuration(Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("LAMBDA_ROLLOUTS_NAMESPACE", namespace, "LAMBDA_ROLLOUTS_HTTP_PORT", "0"));
    environment.putAll(more);
    return ConfigurationReader.read(environment);
  }

  private String leaseHolder() {
    return client
        .leases()
        .inNamespace(namespace)
        .withName(Leadership.LEASE)
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  private static HttpResponse<String> get(LambdaRolloutsOperator operator, String path)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.httpPort() + path))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private void awaitTold(String what) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> told.contains(what));
  }

  /** An AWS that is only opened and closed here. */
  private final class ClosingAws implements AwsPort {
    private final String name;

    ClosingAws(String name) {
      this.name = name;
    }

    @Override
    public FunctionPort functions(StageTarget target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AliasPort aliases(StageTarget target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AlarmPort alarms(StageTarget target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AwsReply<Caller> caller(StageTarget target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AwsFailure refusal(StageTarget target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReleaseId release(FunctionDefinition definition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReleaseId release(VersionNumber published, String codeSha256) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void learn(StageTarget.AccessKeySecret secret, AccessKeys keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(StageTarget.AccessKeySecret secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      told.add(name + " closes AWS");
    }
  }
}
