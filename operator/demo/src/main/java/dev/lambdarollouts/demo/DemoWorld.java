package dev.lambdarollouts.demo;

import dev.lambdarollouts.app.LambdaRolloutsOperator;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.time.AcceleratedTimeSource;
import dev.lambdarollouts.simulator.AwsSimulator;
import dev.lambdarollouts.testcluster.ClusterOptions;
import dev.lambdarollouts.testcluster.ClusterUser;
import dev.lambdarollouts.testcluster.KubectlResult;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Everything that runs during the demo, started in order and stopped in the opposite one, whatever
 * happens.
 */
final class DemoWorld implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String NAMESPACE = "default";
  static final String FUNCTION = "hello-prod";
  static final String ALIAS = "live";
  static final int TIME_FACTOR = 30;

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Path root;
  private final Screen screen;
  private final Backdrop backdrop;
  private final AcceleratedTimeSource time;
  private final TestCluster cluster;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final AwsSimulator simulator;
  private final AwsRequests aws;
  private boolean closed;

  DemoWorld(Path root, Screen screen, Backdrop backdrop) throws IOException {
    this.root = root;
    this.screen = screen;
    this.backdrop = backdrop;
    try {
      time = opened(new AcceleratedTimeSource(backdrop.begins(), TIME_FACTOR));
      screen.line("Starting kube-apiserver and etcd ...");
      cluster = opened(TestCluster.start(options()));
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
                  .account(backdrop.ownAccount())
                  .region(REGION)
                  .start());
      aws = opened(new AwsRequests(simulator.endpoint(), backdrop.prodAccount(), REGION));
      furnish();
      screen.line("Starting the operator ...");
      opened(operator());
    } catch (IOException | RuntimeException problem) {
      close();
      throw problem;
    }
  }

  private ClusterOptions options() {
    ClusterOptions options =
        ClusterOptions.defaults().withProgress(text -> screen.line("  " + text));
    for (ClusterUser person : backdrop.people()) {
      options = options.withUser(person);
    }
    return options;
  }

  /** What a user has before the first release: custom resources, artifact buckets, an alarm. */
  private void furnish() throws IOException {
    apply(root.resolve("crds/manifests"));
    if (!backdrop.people().isEmpty()) {
      apply(root.resolve("crds/policies"));
    }
    boolean several = backdrop.accounts().size() > 1;
    for (String account : backdrop.accounts()) {
      try (AwsRequests there = new AwsRequests(simulator.endpoint(), account, REGION)) {
        upload(there, several ? "artifacts-" + account : "artifacts");
      }
    }
    aws.putMetricAlarm(root.resolve("functions/hello/alarm.json"));
  }

  private void upload(AwsRequests there, String bucket) throws IOException {
    there.createBucket(bucket);
    for (String release : List.of("1.0.0", "1.1.0", "1.2.0-bad")) {
      there.upload(bucket, root.resolve("functions/hello/target/hello-" + release + ".zip"));
    }
  }

  private LambdaRolloutsOperator operator() {
    // The SDK's own settings: the operator is pointed at an endpoint as it is anywhere else.
    System.setProperty("aws.endpointUrl", simulator.endpoint().toString());
    System.setProperty("aws.region", REGION);
    System.setProperty("aws.accessKeyId", backdrop.ownAccount());
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

  /** {@code kubectl create} as one of the people; answers with the object's name. */
  String create(String person, String manifest) {
    KubectlResult result =
        cluster
            .kubectlWith(cluster.kubeconfigFor(person))
            .runWithInput(manifest, "create", "-n", NAMESPACE, "-f", "-", "-o", "name");
    if (!result.succeeded()) {
      throw new IllegalStateException("kubectl create as " + person + ": " + result.stderr());
    }
    return result.stdout().strip();
  }

  /** The alias of prod. */
  String aliasArn() {
    return "arn:aws:lambda:%s:%s:function:%s:%s"
        .formatted(REGION, backdrop.prodAccount(), FUNCTION, ALIAS);
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
