package dev.lambdarollouts.demo;

import dev.lambdarollouts.app.LambdaRolloutsOperator;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.time.AcceleratedTimeSource;
import dev.lambdarollouts.simulator.AwsSimulator;
import dev.lambdarollouts.testcluster.ClusterOptions;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Everything that runs during the demo, started in order and stopped in the opposite one, whatever
 * happens.
 */
final class DemoWorld implements AutoCloseable {
  static final String ACCOUNT = "111122223333";
  static final String REGION = "us-east-1";
  static final String NAMESPACE = "default";
  static final String FUNCTION = "hello-prod";
  static final String ALIAS = "live";
  static final int TIME_FACTOR = 30;

  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Path root;
  private final Screen screen;
  private final AcceleratedTimeSource time;
  private final TestCluster cluster;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final AwsSimulator simulator;
  private final AwsRequests aws;
  private boolean closed;

  DemoWorld(Path root, Screen screen) throws IOException {
    this.root = root;
    this.screen = screen;
    try {
      // Half a day ago: what happens now is never in kubectl's future.
      time = opened(new AcceleratedTimeSource(Instant.now().minus(HALF_A_DAY), TIME_FACTOR));
      screen.line("Starting kube-apiserver and etcd ...");
      cluster =
          opened(
              TestCluster.start(
                  ClusterOptions.defaults().withProgress(text -> screen.line("  " + text))));
      kubeconfig = cluster.writeKubeconfig(cluster.temporaryFolder().resolve("kubeconfig"));
      client =
          opened(
              new KubernetesClientBuilder()
                  .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                  .build());
      screen.line("Starting the simulated AWS ...");
      simulator =
          opened(
              AwsSimulator.builder()
                  .clock(time)
                  .tickEvery(Duration.ofMillis(20))
                  .account(ACCOUNT)
                  .region(REGION)
                  .start());
      aws = opened(new AwsRequests(simulator.endpoint(), ACCOUNT, REGION));
      furnish();
      screen.line("Starting the operator ...");
      opened(operator());
    } catch (IOException | RuntimeException problem) {
      close();
      throw problem;
    }
  }

  /** What a user has before the first release: custom resources, an artifact bucket, an alarm. */
  private void furnish() throws IOException {
    apply(root.resolve("crds/manifests"));
    Path hello = root.resolve("functions/hello");
    aws.createBucket("artifacts");
    for (String release : List.of("1.0.0", "1.1.0", "1.2.0-bad")) {
      aws.upload("artifacts", hello.resolve("target/hello-" + release + ".zip"));
    }
    aws.putMetricAlarm(hello.resolve("alarm.json"));
  }

  private LambdaRolloutsOperator operator() {
    // The SDK's own settings: the operator is pointed at an endpoint as it is anywhere else.
    System.setProperty("aws.endpointUrl", simulator.endpoint().toString());
    System.setProperty("aws.region", REGION);
    System.setProperty("aws.accessKeyId", ACCOUNT);
    System.setProperty("aws.secretAccessKey", "not-asked-for");
    // Any free port: a demo disturbs nobody, another demo neither.
    return LambdaRolloutsOperator.start(
        ConfigurationReader.read(Map.of("LAMBDA_ROLLOUTS_HTTP_PORT", "0")), client, time);
  }

  private <T extends AutoCloseable> T opened(T one) {
    started.push(one);
    return one;
  }

  /** {@code kubectl apply -f}. */
  void apply(Path manifest) {
    KubectlResult result = cluster.kubectl("apply", "-f", manifest.toString());
    if (!result.succeeded()) {
      throw new IllegalStateException("kubectl apply -f " + manifest + ": " + result.stderr());
    }
  }

  Path hello(String manifest) {
    return root.resolve("functions/hello/manifests").resolve(manifest);
  }

  AcceleratedTimeSource time() {
    return time;
  }

  KubernetesClient client() {
    return client;
  }

  AwsSimulator simulator() {
    return simulator;
  }

  AwsRequests aws() {
    return aws;
  }

  /** For a person: how to look around from another terminal. */
  String kubectlCommand() {
    return "kubectl --kubeconfig " + kubeconfig;
  }

  /** For a person without a kubectl of their own. */
  Path kubectlBinary() {
    return cluster.kubectlBinary();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    screen.live("");
    while (!started.isEmpty()) {
      AutoCloseable one = started.pop();
      try {
        one.close();
      } catch (Exception problem) {
        screen.line("Could not stop " + one.getClass().getSimpleName() + ": " + problem);
      }
    }
  }
}
