package dev.lambdarollouts.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One story's cluster namespace, AWS and operator. */
public final class World implements AutoCloseable {
  public static final String ACCOUNT = "111122223333";
  public static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Below every pause and staleness of the stories. */
  private static final Duration STEP = Duration.ofSeconds(20);

  private static final String CRDS = Path.of("../../crds/manifests").toString();

  private static boolean crdsApplied;

  private final TestCluster cluster = cluster();
  private final String namespace;
  private final ManualTimeSource time = new ManualTimeSource(START);
  private final AwsSimulator aws;
  private final AwsClients clients;
  private final KubernetesClient kubernetes;
  private final Map<String, String> settings;
  private LambdaRolloutsOperator operator;

  private World(Map<String, String> settings) {
    this.settings = settings;
    namespace = cluster.createNamespace("story");
    kubernetes = client(cluster.kubeconfig());
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

  private static synchronized TestCluster cluster() {
    TestCluster cluster = SharedTestCluster.get();
    if (!crdsApplied) {
      KubectlResult applied = cluster.kubectl("apply", "-f", CRDS);
      assertThat(applied.succeeded()).as(applied.stderr()).isTrue();
      crdsApplied = true;
    }
    return cluster;
  }

  private static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  /**
   * As after a crash or an upgrade: nothing is left of the one before but what stands in the
   * cluster and in AWS.
   */
  public void startOperator() {
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", ACCOUNT);
    System.setProperty("aws.secretAccessKey", "not-asked-for");
    operator =
        LambdaRolloutsOperator.start(ConfigurationReader.read(environment()), kubernetes, time);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("LAMBDA_ROLLOUTS_NAMESPACE", namespace);
    environment.put("LAMBDA_ROLLOUTS_WATCH_NAMESPACES", namespace);
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

  public ManualTimeSource time() {
    return time;
  }

  public TestCluster kubernetes() {
    return cluster;
  }

  public LambdaRolloutsOperator operator() {
    return operator;
  }

  public String namespace() {
    return namespace;
  }

  /** In AWS. */
  public String functionName(String stage) {
    return namespace + "-hello-" + stage;
  }

  /** {@code kubectl apply -f -}; the server has to accept it. */
  public void apply(String... manifests) {
    KubectlResult result = tryApply(manifests);
    assertThat(result.succeeded()).as(result.stderr()).isTrue();
  }

  /** {@code kubectl apply -f -}, whatever comes of it. */
  public KubectlResult tryApply(String... manifests) {
    return cluster
        .kubectlWith(cluster.kubeconfig())
        .runWithInput(String.join("\n---\n", manifests), "apply", "-n", namespace, "-f", "-");
  }

  /**
   * Stores something that the schema would refuse, as under another version of it; the schema is
   * put back.
   */
  public void withoutSchema(String plural, Runnable action) {
    cluster
        .kubectl(
            "patch",
            "crd",
            plural + ".lambdarollouts.dev",
            "--type=json",
            "-p",
            "[{\"op\":\"remove\",\"path\":\"/spec/versions/0/selectableFields\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema\",\"value\":"
                + "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}]")
        .stdoutOrThrow();
    try {
      awaitReal("the schema gone", () -> tryAction(action));
    } finally {
      cluster.kubectl("apply", "-f", CRDS).stdoutOrThrow();
    }
  }

  private static boolean tryAction(Runnable action) {
    try {
      action.run();
      return true;
    } catch (AssertionError refused) {
      return false;
    }
  }

  /** {@code kubectl} in the story's namespace; its standard output. */
  public String kubectl(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = namespace;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return cluster.kubectl(all).stdoutOrThrow();
  }

  /** A field of the rollout, like {@code .status.stages[0].phase}; empty when there is none. */
  public String rollout(String path) {
    return rollout("hello", path);
  }

  /** A field of a rollout. */
  public String rollout(String name, String path) {
    JsonNode found = object(name).at(path.replace('.', '/').replaceAll("\\[(\\d+)]", "/$1"));
    return found.isValueNode() ? found.asText() : found.isMissingNode() ? "" : found.toString();
  }

  /** The reason of a condition of a rollout that is True; empty when it is not. */
  public String reasonOf(String name, String condition) {
    for (JsonNode one : object(name).path("status").path("conditions")) {
      if (one.path("type").asText().equals(condition)
          && one.path("status").asText().equals("True")) {
        return one.path("reason").asText();
      }
    }
    return "";
  }

  private JsonNode object(String name) {
    String found =
        kubernetes.raw(
            "/apis/lambdarollouts.dev/v1alpha1/namespaces/"
                + namespace
                + "/lambdarollouts/"
                + name);
    try {
      return found == null ? JSON.missingNode() : JSON.readTree(found);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(found, broken);
    }
  }

  /** A field of the rollout's first stage. */
  public String stage(String field) {
    return rollout(".status.stages[0]." + field);
  }

  /** Waits in real time until something is so; the story's clock stands. */
  public void awaitReal(String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what)
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(60))
          .until(condition);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(what + " never came; " + state(), late);
    }
  }

  /**
   * Lets simulated time pass in small steps until something is so. The operator gets real time at
   * each step; on a slow machine more simulated time passes, which no story here minds.
   */
  public void passUntil(String what, Duration atMost, Callable<Boolean> condition) {
    Instant end = time.instant().plus(atMost);
    while (!comesSoon(condition)) {
      if (time.instant().isAfter(end)) {
        throw new AssertionError(what + " never came; " + state());
      }
      pass(STEP);
    }
  }

  private static boolean comesSoon(Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMillis(120))
          .until(condition);
      return true;
    } catch (ConditionTimeoutException notYet) {
      return false;
    }
  }

  /** Moves the clock, AWS with it. */
  public void pass(Duration duration) {
    time.advance(duration);
    aws.tick();
  }

  /** Until the rollout is in a phase. */
  public void untilPhase(String phase, Duration atMost) {
    passUntil(
        "phase " + phase, atMost, () -> phase.equals(rollout(".status.phase")) && isObserved());
  }

  /** Until the first stage is in a phase. */
  public void untilStagePhase(String phase, Duration atMost) {
    passUntil("stage phase " + phase, atMost, () -> phase.equals(stage("phase")));
  }

  /** Until a release, by its name, is the stable one of the first stage. */
  public void untilPromoted(String release) {
    passUntil(
        release + " promoted",
        Duration.ofMinutes(40),
        () -> release.equals(stage("releaseName")) && "Succeeded".equals(stage("phase")));
  }

  private boolean isObserved() {
    return rollout(".status.observedGeneration").equals(rollout(".metadata.generation"));
  }

  private String state() {
    return cluster.kubectl("-n", namespace, "get", "lro", "-o", "yaml").stdout()
        + "\n"
        + cluster.kubectl("-n", namespace, "get", "events").stdout()
        + "\nAWS calls: "
        + aws.calls().all().reversed().stream().limit(15).toList()
        + "\nat "
        + time.instant();
  }

  @Override
  public void close() {
    operator.close();
    clients.close();
    aws.close();
    kubernetes.close();
  }
}
