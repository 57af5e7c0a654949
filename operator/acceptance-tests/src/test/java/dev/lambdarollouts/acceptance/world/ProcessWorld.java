package dev.lambdarollouts.acceptance.world;

import dev.lambdarollouts.app.Main;
import dev.lambdarollouts.simulator.AwsSimulator;
import dev.lambdarollouts.simulator.door.Fault;
import dev.lambdarollouts.simulator.door.Faults;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** As {@link World}, with the operator as a process of its own and in real time. */
public final class ProcessWorld implements AutoCloseable {
  /** Longer than it takes to kill a process that waits for a reply. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final TestCluster cluster = World.cluster();
  private final KubernetesClient kubernetes = World.client(cluster.kubeconfig());
  private final StoryNamespace namespace =
      new StoryNamespace(cluster, kubernetes, cluster.createNamespace("process"));
  private final AwsSimulator aws =
      AwsSimulator.builder()
          .clock(InstantSource.system())
          .tickEvery(Duration.ofMillis(50))
          .account(World.ACCOUNT)
          .region("us-east-1")
          .start();
  private final AwsClients clients = new AwsClients(aws.endpoint(), World.ACCOUNT);
  private final Path folder;
  private Process process;
  private int lives;

  public ProcessWorld() {
    try {
      folder = Files.createTempDirectory("operator");
      cluster.writeKubeconfig(folder.resolve("kubeconfig"));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** One more life. */
  public void start() {
    lives++;
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("life-" + lives + ".log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG",
                folder.resolve("kubeconfig").toString(),
                "AWS_ENDPOINT_URL",
                aws.endpoint().toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                World.ACCOUNT,
                "AWS_SECRET_ACCESS_KEY",
                "not-asked-for",
                "LAMBDA_ROLLOUTS_NAMESPACE",
                namespace.name(),
                "LAMBDA_ROLLOUTS_WATCH_NAMESPACES",
                namespace.name(),
                "LAMBDA_ROLLOUTS_LEADER_ELECTION_ENABLED",
                "false",
                "LAMBDA_ROLLOUTS_HTTP_PORT",
                "0"));
    try {
      process = builder.start();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /**
   * The process dies by SIGKILL while it waits for the reply to such a call, which has its effect;
   * another one starts.
   *
   * @param happening what leads to the call
   */
  public void killAt(String operation, Runnable happening) {
    Faults.Rule held = aws.faults().once("lambda", operation, new Fault.Silence(true, SILENCE));
    happening.run();
    await(operation, () -> held.struck() > 0);
    kill();
    start();
  }

  private void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Waits for a condition of the real world. */
  public void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(90))
        .until(condition);
  }

  public StoryNamespace namespace() {
    return namespace;
  }

  public AwsSimulator aws() {
    return aws;
  }

  public AwsClients clients() {
    return clients;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    clients.close();
    aws.close();
    kubernetes.close();
  }
}
