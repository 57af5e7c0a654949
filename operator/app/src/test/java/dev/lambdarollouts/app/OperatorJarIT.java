package dev.lambdarollouts.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.app.cluster.ClusterClient;
import dev.lambdarollouts.app.cluster.IdentitySecret;
import dev.lambdarollouts.app.cluster.Leadership;
import dev.lambdarollouts.testcluster.SharedTestCluster;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door {@code java -jar}, as whoever runs it meets it. */
@Timeout(120)
class OperatorJarIT {

  private static final Path JAR = Path.of("target/lambda-rollouts-operator.jar");
  private static final int SIGTERM_EXIT = 143;

  /**
   * The Lease lasts 15 s and is renewed twice a second. The hand-over takes a second or two on an
   * idle machine; only on a very busy one as long as this.
   */
  private static final Duration LEASE_WITHOUT_RENEWAL = Duration.ofSeconds(12);

  @TempDir Path folder;

  private final TestCluster cluster = SharedTestCluster.get();
  private final KubernetesClient client = ClusterClient.connect(cluster.kubeconfig());
  private final String namespace = cluster.createNamespace("jar");
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void installTheApi() {
    cluster.kubectl("apply", "-f", "../../crds/manifests").stdoutOrThrow();
  }

  @AfterEach
  void stopAll() {
    processes.forEach(Process::destroyForcibly);
    client.close();
  }

  @Test
  void itTellsItsVersionAndItsSettings() throws Exception {
    Process version = start("version", Map.of(), "--version");
    Process help = start("help", Map.of(), "--help");
    Process wrong = start("wrong", Map.of(), "--colour");

    assertThat(exitCode(version)).isZero();
    assertThat(log("version")).matches("lambda-rollouts-operator \\d+\\.\\d+\\.\\d+.*\\R");
    assertThat(exitCode(help)).isZero();
    assertThat(log("help")).contains("KUBECONFIG", "LAMBDA_ROLLOUTS_WATCH_NAMESPACES");
    assertThat(exitCode(wrong)).isEqualTo(2);
    assertThat(log("wrong")).contains("arguments: found --colour; give none");
  }

  @Test
  void aWrongConfigurationEndsItWithExitCode2AndEveryProblem() throws Exception {
    Process wrong =
        start(
            "wrong",
            Map.of(
                "LAMBDA_ROLLOUTS_HTTP_PORT", "many",
                "LAMBDA_ROLLOUTS_TENANCY_MODE", "Multi"));

    assertThat(exitCode(wrong)).isEqualTo(2);
    assertThat(log("wrong"))
        .contains("the configuration has 2 problems")
        .contains("lambda-rollouts.http-port: found 'many'")
        .contains("lambda-rollouts.tenancy.mode: found 'Multi'; Multi is not supported yet");
  }

  @Test
  void stoppedItGivesItsLeaseBackAndAnotherLeadsLongBeforeItWouldHaveExpired() throws Exception {
    int firstPort = freePort();
    int secondPort = freePort();
    Process first = run("first", firstPort);
    awaitAnswer("first", firstPort, "leads since");
    run("second", secondPort);
    awaitAnswer("second", secondPort, "stands by");

    long stopped = System.nanoTime();
    first.destroy();
    awaitAnswer("second", secondPort, "leads since");
    Duration handOver = Duration.ofNanos(System.nanoTime() - stopped);

    assertThat(exitCode(first)).isEqualTo(SIGTERM_EXIT);
    assertThat(handOver).as(log("first") + log("second")).isLessThan(LEASE_WITHOUT_RENEWAL);
    assertThat(log("first")).contains("\"message\":\"stopped\"");
    assertThat(metrics(secondPort)).contains("lambda_rollouts_leader 1.0", "jvm_memory_used_bytes");
    assertThat(log("first") + log("second")).doesNotContain(key());
  }

  @Test
  void whenItsLeaseIsTakenAwayItIsGoneAtOnceWithExitCode3() throws Exception {
    int port = freePort();
    Process operator = run("operator", port);
    awaitAnswer("operator", port, "leads since");

    cluster
        .kubectl(
            "patch",
            "lease",
            Leadership.LEASE,
            "-n",
            namespace,
            "--type=merge",
            "-p",
            "{\"spec\":{\"holderIdentity\":\"somebody else\"}}")
        .stdoutOrThrow();

    assertThat(exitCode(operator)).isEqualTo(3);
    Lease lease = client.leases().inNamespace(namespace).withName(Leadership.LEASE).get();
    assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("somebody else");
  }

  private Process run(String name, int port) throws IOException {
    return start(
        name,
        Map.of(
            "KUBECONFIG",
            cluster.writeKubeconfig(folder.resolve("kubeconfig")).toString(),
            "LAMBDA_ROLLOUTS_NAMESPACE",
            namespace,
            "LAMBDA_ROLLOUTS_WATCH_NAMESPACES",
            namespace,
            "LAMBDA_ROLLOUTS_HTTP_PORT",
            String.valueOf(port),
            "AWS_REGION",
            "us-east-1"));
  }

  private Process start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name).toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("LAMBDA_ROLLOUTS_") || key.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private String key() {
    return client
        .secrets()
        .inNamespace(namespace)
        .withName(IdentitySecret.NAME)
        .get()
        .getData()
        .get("key");
  }

  private void awaitAnswer(String name, int port, String text) throws IOException {
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .ignoreException(ConnectException.class)
          .until(() -> get(port, "/readyz").contains(text));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(log(name), e);
    }
  }

  private static String metrics(int port) throws Exception {
    return get(port, "/metrics");
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
