package dev.lambdarollouts.app;

import dev.lambdarollouts.app.cluster.ClusterClient;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.configuration.ConfigurationReference;
import dev.lambdarollouts.app.configuration.InvalidConfiguration;
import dev.lambdarollouts.app.configuration.OperatorConfiguration;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.Log;
import dev.lambdarollouts.app.logging.LogOutput;
import dev.lambdarollouts.app.time.SystemTimeSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a process. The server of health and metrics keeps it alive until it is stopped.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /** It could not start, or could not go on. */
  private static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  private static final int WRONG_INPUT = 2;

  /** Another may act now: nothing more was written. */
  private static final int LEASE_LOST = 3;

  private static final String HELP =
      """
      Takes AWS Lambda functions through stages and rollout strategies.

      usage: java -jar lambda-rollouts-operator.jar [--help | --version]

      It runs until it is stopped, against the cluster of KUBECONFIG (or the one it runs in) and the AWS of
      the SDK's own settings: AWS_REGION, AWS_ENDPOINT_URL, credentials by the default chain.
      Exit codes: 1 failed, 2 wrong configuration, 3 lost its Lease.

      Configuration: the YAML file that LAMBDA_ROLLOUTS_CONFIG names, and over it the environment:
      """;

  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    switch (List.of(arguments)) {
      case List<String> none when none.isEmpty() -> run();
      case List<String> one when one.equals(List.of("--help")) ->
          System.out.print(HELP + ConfigurationReference.text());
      case List<String> one when one.equals(List.of("--version")) ->
          System.out.println("lambda-rollouts-operator " + version());
      case List<String> other -> {
        System.err.println(
            "arguments: found " + String.join(" ", other) + "; give none, --help or --version");
        System.exit(WRONG_INPUT);
      }
    }
  }

  private static void run() {
    LogOutput.write(new Log(Log.Level.INFO, Log.Format.AUTO));
    OperatorConfiguration configuration;
    try {
      configuration = ConfigurationReader.read(System.getenv());
    } catch (InvalidConfiguration e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_INPUT);
      return;
    }
    LogOutput.write(configuration.log());
    LOG.info("lambda-rollouts-operator {}, namespace {}", version(), configuration.namespace());
    try {
      start(configuration);
    } catch (KubernetesClientException e) {
      LOG.error(
          "the cluster does not answer or refuses; check KUBECONFIG and the rights of its user", e);
      System.exit(FAILED);
    } catch (IllegalStateException e) {
      // Its message says what to do; the stack would bury it.
      LOG.error("could not start: {}", e.getMessage());
      System.exit(FAILED);
    } catch (RuntimeException e) {
      LOG.error("could not start", e);
      System.exit(FAILED);
    }
  }

  private static void start(OperatorConfiguration configuration) {
    KubernetesClient client = ClusterClient.connect();
    LOG.info("cluster {}", client.getConfiguration().getMasterUrl());
    SystemTimeSource time = new SystemTimeSource();
    PrometheusMeterRegistry metrics = OperatorMetrics.ofThisProcess(version());
    LambdaRolloutsOperator operator =
        LambdaRolloutsOperator.start(configuration, client, time, metrics, Main::end);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("stopping");
                  operator.close();
                  time.close();
                  client.close();
                  LOG.info("stopped");
                },
                "stop"));
  }

  private static void end(UnexpectedEnd end) {
    switch (end) {
      // No hooks, no finally: whatever is under way must not get to write.
      case UnexpectedEnd.LeaseLost() -> Runtime.getRuntime().halt(LEASE_LOST);
      case UnexpectedEnd.Failed(RuntimeException cause) -> {
        LOG.error("cannot reconcile", cause);
        Thread.ofPlatform().name("exit").start(() -> System.exit(FAILED));
      }
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "from source" : version;
  }
}
