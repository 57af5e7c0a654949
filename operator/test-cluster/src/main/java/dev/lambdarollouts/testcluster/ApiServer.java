package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.process.GuardedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** kube-apiserver: may go down and come back on the same port, with the same certificate. */
final class ApiServer implements AutoCloseable {

  /** A test cluster lives for minutes: memory is cheaper than a fifth of its CPU. */
  private static final String GARBAGE = "400";

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final List<String> command;
  private final ClusterFolder folder;
  private final String url;
  private final String adminToken;
  private volatile @Nullable GuardedProcess process;
  private volatile @Nullable ApiServerAccess access;

  private ApiServer(List<String> command, ClusterFolder folder, String url, String adminToken) {
    this.command = command;
    this.folder = folder;
    this.url = url;
    this.adminToken = adminToken;
  }

  /** Prepares the keys and the command; nothing runs yet. */
  static ApiServer prepare(
      Path binary, ClusterFolder folder, String etcdUrl, ClusterTokens tokens, List<String> flags)
      throws IOException {
    int port = FreePort.find();
    ServiceAccountKey key = ServiceAccountKey.createIn(folder.path());
    tokens.writeTo(folder.tokens());
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.certificates(),
                "--token-auth-file=" + folder.tokens(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key.publicKey(),
                "--service-account-signing-key-file=" + key.privateKey(),
                // It would refuse every pod: no controller makes the default service accounts.
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--endpoint-reconciler-type=none"));
    command.addAll(flags);
    String url = "https://127.0.0.1:" + port;
    return new ApiServer(List.copyOf(command), folder, url, tokens.adminToken());
  }

  String url() {
    return url;
  }

  Optional<GuardedProcess> process() {
    return Optional.ofNullable(process);
  }

  /** The way in as admin, once the server was ready for the first time. */
  ApiServerAccess access() {
    ApiServerAccess known = access;
    if (known == null) {
      throw new IllegalStateException("the API server was never ready");
    }
    return known;
  }

  /**
   * Starts the process and waits until it is ready. Does nothing when it runs.
   *
   * @throws ClusterStartFailed when it ends or is not ready within the limit
   */
  void start(Duration limit) throws InterruptedException {
    GuardedProcess running = process;
    if (running != null && running.isAlive()) {
      return;
    }
    GuardedProcess started =
        GuardedProcess.start(
            command,
            folder.path(),
            folder.apiServerLog(),
            Map.of("GOGC", GARBAGE),
            Optional.of(folder.path()));
    process = started;
    try {
      awaitReady(started, limit);
    } catch (ClusterStartFailed | InterruptedException e) {
      stop();
      throw e;
    }
  }

  private void awaitReady(GuardedProcess started, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (started.endsWithin(LOOK_EVERY)) {
        throw ClusterStartFailed.ended("kube-apiserver", started.exitCode(), folder.apiServerLog());
      }
      if (System.nanoTime() > deadline) {
        throw ClusterStartFailed.late("kube-apiserver", limit, folder.apiServerLog());
      }
    }
  }

  private boolean isReady() throws InterruptedException {
    ApiServerAccess known = access;
    if (known == null && Files.exists(folder.caCertificate())) {
      try {
        known = ApiServerAccess.trusting(folder.caCertificate(), url, adminToken);
        access = known;
      } catch (IOException e) {
        return false; // Half written; the next look finds it whole.
      }
    }
    return known != null && known.isReady();
  }

  /** Kills the process: connections break off, etcd keeps all that was acknowledged. */
  void stop() {
    GuardedProcess running = process;
    if (running != null) {
      running.close();
      process = null;
    }
  }

  @Override
  public void close() {
    stop();
    ApiServerAccess known = access;
    if (known != null) {
      known.close();
    }
  }
}
