package dev.lambdarollouts.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.argocd.ArgoCdLooksOn;
import dev.lambdarollouts.app.LambdaRolloutsOperator;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.time.ManualTimeSource;
import dev.lambdarollouts.simulator.AwsSimulator;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One story's cluster namespace, AWS and operator. */
public final class World implements AutoCloseable {
  public static final String ACCOUNT = "111122223333";
  public static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  /** Below every pause and staleness of the stories. */
  private static final Duration STEP = Duration.ofSeconds(20);

  private static final Duration REAL_PATIENCE = Duration.ofSeconds(60);

  private static boolean crdsApplied;

  private final TestCluster cluster = cluster();
  private final StoryNamespace namespace;
  private final List<StoryNamespace> watched = new ArrayList<>();
  private final ManualTimeSource time = new ManualTimeSource(START);
  private final AwsSimulator aws;
  private final AwsClients clients;
  private final KubernetesClient kubernetes;
  private final ArgoCdLooksOn argoCd;
  private final Map<String, String> settings;
  private KubernetesClient operatorsOwn;
  private LambdaRolloutsOperator operator;

  private World(Map<String, String> settings) {
    this.settings = settings;
    kubernetes = client(cluster.kubeconfig());
    namespace = anotherNamespace();
    argoCd = new ArgoCdLooksOn(cluster, kubernetes, namespace.name());
    aws = AwsSimulator.builder().clock(time).account(ACCOUNT).region("us-east-1").start();
    clients = new AwsClients(aws.endpoint(), ACCOUNT);
  }

  /** The operator runs. */
  public static World start() {
    return start(Map.of());
  }

  /** The operator runs with these settings of its own. */
  public static World start(Map<String, String> settings) {
    World world = new World(settings);
    world.startOperator();
    return world;
  }

  /** Cluster and AWS alone; an operator is started by the story. */
  public static World withoutOperator() {
    return new World(Map.of());
  }

  static synchronized TestCluster cluster() {
    TestCluster cluster = SharedTestCluster.get();
    if (!crdsApplied) {
      KubectlResult applied = cluster.kubectl("apply", "-f", StoryNamespace.CRDS);
      assertThat(applied.succeeded()).as(applied.stderr()).isTrue();
      crdsApplied = true;
    }
    return cluster;
  }

  static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  /**
   * As after a crash or an upgrade: nothing is left of the one before but what stands in the
   * cluster and in AWS.
   */
  public void startOperator() {
    operator = anotherOperator(kubernetes, environment());
  }

  /** As {@link #startOperator()}, with these rights and exactly these settings. */
  public void startOperator(String kubeconfig, Map<String, String> environment) {
    operatorsOwn = client(kubeconfig);
    operator = anotherOperator(operatorsOwn, environment);
  }

  /** A second one with the same settings; the caller closes it. */
  public LambdaRolloutsOperator anotherOperator() {
    return anotherOperator(kubernetes, environment());
  }

  private LambdaRolloutsOperator anotherOperator(
      KubernetesClient client, Map<String, String> environment) {
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", ACCOUNT);
    System.setProperty("aws.secretAccessKey", "not-asked-for");
    return LambdaRolloutsOperator.start(
        ConfigurationReader.read(environment), client, time, aws.endpoint());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("LAMBDA_ROLLOUTS_NAMESPACE", namespace.name());
    environment.put(
        "LAMBDA_ROLLOUTS_WATCH_NAMESPACES",
        watched.stream().map(StoryNamespace::name).collect(Collectors.joining(",")));
    environment.putIfAbsent("LAMBDA_ROLLOUTS_LEADER_ELECTION_ENABLED", "false");
    environment.put("LAMBDA_ROLLOUTS_HTTP_PORT", "0");
    return environment;
  }

  /** Stops it. */
  public void stopOperator() {
    operator.close();
  }

  public AwsSimulator aws() {
    return aws;
  }

  public AwsClients clients() {
    return clients;
  }

  /** What Argo CD saw of the story so far. */
  public ArgoCdLooksOn argoCd() {
    return argoCd;
  }

  public ManualTimeSource time() {
    return time;
  }

  public TestCluster kubernetes() {
    return cluster;
  }

  public LambdaRolloutsOperator operator() {
    return operator;
  }

  /** Where the story plays, and the operator's own. */
  public StoryNamespace namespace() {
    return namespace;
  }

  /** One more that an operator started from now on watches: of another team. */
  public StoryNamespace anotherNamespace() {
    StoryNamespace another =
        new StoryNamespace(cluster, kubernetes, cluster.createNamespace("story"));
    watched.add(another);
    return another;
  }

  /** In AWS. */
  public String functionName(String stage) {
    return namespace.name() + "-hello-" + stage;
  }

  /** Waits in real time until something is so; the story's clock stands. */
  public void awaitReal(String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what)
          .pollInterval(Duration.ofMillis(50))
          .atMost(REAL_PATIENCE)
          .until(condition);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(what + " never came; " + state(), late);
    }
  }

  /**
   * Lets simulated time pass in small steps until something is so. The operator gets real time at
   * each step; on a slow machine more simulated time passes, which no story here minds.
   *
   * @param atMost of simulated time; then the clock all but stands, as long as a slow machine may
   *     need in real time
   */
  public void passUntil(String what, Duration atMost, Callable<Boolean> condition) {
    Instant end = time.instant().plus(atMost);
    long patience = System.nanoTime() + REAL_PATIENCE.toNanos();
    while (!comesSoon(condition)) {
      boolean over = time.instant().isAfter(end);
      if (over && System.nanoTime() > patience) {
        throw new AssertionError(what + " never came; " + state());
      }
      pass(over ? Duration.ofSeconds(1) : STEP);
    }
  }

  /** However long the question itself takes, as with kubectl on a busy machine. */
  private static boolean comesSoon(Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMillis(120))
          .until(condition);
      return true;
    } catch (ConditionTimeoutException notYet) {
      return false;
    }
  }

  /**
   * Lets a poll interval and a second pass, no more. Second by second, since a poll takes real
   * time: one that is due while another is under way is left out.
   */
  public void passOnePoll() {
    for (int second = 0; second < 6; second++) {
      pass(Duration.ofSeconds(1));
      comesSoon(() -> false);
    }
  }

  /** Gives what is under way real time to end; the clock stands. */
  public void settle() {
    comesSoon(() -> false);
    comesSoon(() -> false);
  }

  /** Moves the clock, AWS with it. */
  public void pass(Duration duration) {
    time.advance(duration);
    aws.tick();
  }

  /** Until the rollout is in a phase. */
  public void untilPhase(String phase, Duration atMost) {
    passUntil(
        "phase " + phase,
        atMost,
        () -> phase.equals(namespace.rollout(".status.phase")) && isObserved());
  }

  /** Until the first stage is in a phase. */
  public void untilStagePhase(String phase, Duration atMost) {
    passUntil("stage phase " + phase, atMost, () -> phase.equals(namespace.stage("phase")));
  }

  /** Until a release, by its name, is the stable one of the first stage. */
  public void untilPromoted(String release) {
    passUntil(
        release + " promoted",
        Duration.ofMinutes(40),
        () ->
            release.equals(namespace.stage("releaseName"))
                && "Succeeded".equals(namespace.stage("phase")));
  }

  private boolean isObserved() {
    return namespace
        .rollout(".status.observedGeneration")
        .equals(namespace.rollout(".metadata.generation"));
  }

  private String state() {
    return namespace.kubectl("get", "lro", "-o", "yaml")
        + "\n"
        + namespace.kubectl("get", "events")
        + "\nAWS calls: "
        + aws.calls().all().reversed().stream().limit(15).toList()
        + "\nat "
        + time.instant();
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
    if (operatorsOwn != null) {
      operatorsOwn.close();
    }
    clients.close();
    aws.close();
    argoCd.close();
    kubernetes.close();
  }
}
