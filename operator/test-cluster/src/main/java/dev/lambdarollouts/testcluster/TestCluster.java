package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.binaries.ClusterBinaries;
import dev.lambdarollouts.testcluster.binaries.EnsureBinaries;
import dev.lambdarollouts.testcluster.process.GuardedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real kube-apiserver with its etcd, as child processes with a temporary folder. Nothing of it
 * outlives {@link #close()} or this JVM, however the JVM ends. Any number may run side by side.
 *
 * <p>RBAC is on and the only user with rights is the admin. There are no controllers and no nodes:
 * nothing runs a Job, makes a {@code default} ServiceAccount, collects garbage, empties a deleted
 * namespace or fills the aggregated roles {@code view}, {@code edit} and {@code admin}; a test
 * plays such a part itself. A role or a CRD that was just created takes effect a moment later.
 */
public final class TestCluster implements AutoCloseable {

  private static final int START_ATTEMPTS = 3;

  private final ClusterBinaries binaries;
  private final ClusterOptions options;
  private final ClusterFolder folder;
  private final ClusterTokens tokens;
  private final Thread atJvmExit = new Thread(this::stopAll, "stop-test-cluster");
  private volatile @Nullable Etcd etcd;
  private volatile @Nullable ApiServer apiServer;

  private TestCluster(ClusterBinaries binaries, ClusterOptions options) {
    this.binaries = binaries;
    this.options = options;
    this.tokens = new ClusterTokens(options.users());
    this.folder = ClusterFolder.create();
  }

  /** Starts a cluster with the default options; see {@link #start(ClusterOptions)}. */
  public static TestCluster start() {
    return start(ClusterOptions.defaults());
  }

  /**
   * Starts a cluster and waits until its API server is ready, about four seconds when the binaries
   * are in the cache.
   *
   * @throws dev.lambdarollouts.testcluster.binaries.BinariesUnavailable when there is nothing to
   *     start
   * @throws ClusterStartFailed when etcd or kube-apiserver does not come up
   */
  public static TestCluster start(ClusterOptions options) {
    ClusterBinaries binaries = EnsureBinaries.ensure(options.progress());
    for (int attempt = 1; ; attempt++) {
      TestCluster cluster = new TestCluster(binaries, options);
      try {
        cluster.startAll();
        return cluster;
      } catch (ClusterStartFailed e) {
        cluster.close();
        if (!e.mayPass() || attempt == START_ATTEMPTS) {
          throw e;
        }
        options.progress().accept("test-cluster: tries again, for " + e.getMessage());
      } catch (RuntimeException e) {
        cluster.close();
        throw e;
      }
    }
  }

  private synchronized void startAll() {
    Runtime.getRuntime().addShutdownHook(atJvmExit);
    Etcd store = Etcd.start(binaries.etcd(), folder);
    etcd = store;
    try {
      apiServer =
          ApiServer.prepare(
              binaries.kubeApiServer(), folder, store.url(), tokens, options.apiServerFlags());
    } catch (IOException e) {
      throw new UncheckedIOException("could not prepare the cluster's folder " + folder.path(), e);
    }
    try {
      startApiServer();
    } catch (ClusterStartFailed e) {
      throw store.whyItEnded().orElse(e);
    }
  }

  /** Where the API server is, on the loopback interface: {@code https://127.0.0.1:<port>}. */
  public String apiServerUrl() {
    return apiServer().url();
  }

  /** The certificates to trust, as PEM. */
  public String caCertificate() {
    try {
      return Files.readString(folder.caCertificate());
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the API server's certificate", e);
    }
  }

  /** A kubeconfig (YAML) of the admin, who may do everything. */
  public String kubeconfig() {
    return kubeconfigFor(ClusterUser.ADMIN.name());
  }

  /**
   * A kubeconfig (YAML) of a user that the options declared.
   *
   * @throws IllegalArgumentException when they did not
   */
  public String kubeconfigFor(String userName) {
    String token =
        tokens
            .tokenOf(userName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no user '%s' in this cluster, only %s: declare it in ClusterOptions"
                            .formatted(userName, tokens.userNames())));
    return kubeconfigWithToken(userName, token);
  }

  /**
   * A kubeconfig (YAML) of a ServiceAccount that exists, with a token of one hour.
   *
   * @throws IllegalStateException with kubectl's message when there is none
   */
  public String kubeconfigForServiceAccount(String namespace, String name) {
    String token = kubectl("create", "token", name, "-n", namespace).stdoutOrThrow().strip();
    return kubeconfigWithToken("system:serviceaccount:" + namespace + ":" + name, token);
  }

  private String kubeconfigWithToken(String userName, String token) {
    return Kubeconfig.yaml(apiServerUrl(), caCertificate(), userName, token);
  }

  /** Writes the admin's kubeconfig to a file, for programs that are started with its path. */
  public Path writeKubeconfig(Path file) {
    try {
      return Files.writeString(file, kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the kubeconfig to " + file, e);
    }
  }

  /** The kubectl of the API server's version. */
  public Path kubectlBinary() {
    return binaries.kubectl();
  }

  /** Runs kubectl as the admin and waits for its end. */
  public KubectlResult kubectl(String... arguments) {
    return kubectlWith(kubeconfig()).run(arguments);
  }

  /** Applies a manifest as the admin. */
  public KubectlResult apply(String manifest) {
    return kubectlWith(kubeconfig()).runWithInput(manifest, "apply", "-f", "-");
  }

  /** A kubectl that enters with this kubeconfig: of another user, or with text for its stdin. */
  public Kubectl kubectlWith(String kubeconfig) {
    return new Kubectl(binaries.kubectl(), folder, kubeconfig);
  }

  /**
   * Makes a namespace that no other test has.
   *
   * @param prefix what its name starts with; at most 50 lower-case letters, digits and dashes
   * @return its name
   */
  public String createNamespace(String prefix) {
    String name = "%s-%08x".formatted(prefix, ThreadLocalRandom.current().nextInt());
    String body =
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
        """
            .formatted(name);
    try {
      HttpResponse<String> response = apiServer().access().post("/api/v1/namespaces", body);
      if (response.statusCode() != 201) {
        throw new IllegalStateException(
            "namespace %s was refused (HTTP %d): %s"
                .formatted(name, response.statusCode(), response.body()));
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException("the API server did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while namespace " + name + " was made", e);
    }
  }

  /** Kills the API server; etcd and all that is stored stay. Clients see refused connections. */
  public synchronized void stopApiServer() {
    apiServer().stop();
  }

  /** Starts the API server again, at the same URL, and waits until it is ready. */
  public synchronized void startApiServer() {
    try {
      apiServer().start(options.startLimit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the API server started", e);
    }
  }

  /** {@link #stopApiServer()} and {@link #startApiServer()}. */
  public synchronized void restartApiServer() {
    stopApiServer();
    startApiServer();
  }

  /** The log of kube-apiserver; it goes with the cluster. */
  public Path apiServerLog() {
    return folder.apiServerLog();
  }

  /** Where everything of this cluster lies until it is closed. */
  public Path temporaryFolder() {
    return folder.path();
  }

  /** The process ids of etcd and, unless it is stopped, kube-apiserver. */
  public List<Long> processIds() {
    return Stream.concat(
            Optional.ofNullable(etcd).map(Etcd::process).stream(),
            Optional.ofNullable(apiServer).flatMap(ApiServer::process).stream())
        .filter(GuardedProcess::isAlive)
        .map(GuardedProcess::pid)
        .toList();
  }

  /** Stops both processes and removes the folder. Calling it again does nothing. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atJvmExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does the same, and whoever comes second finds nothing to do.
    }
    stopAll();
  }

  /** Takes no lock, so that a JVM that ends need not wait for a start under way. */
  private void stopAll() {
    Optional.ofNullable(apiServer).ifPresent(ApiServer::close);
    Optional.ofNullable(etcd).ifPresent(Etcd::close);
    folder.delete();
  }

  private ApiServer apiServer() {
    ApiServer known = apiServer;
    if (known == null) {
      throw new IllegalStateException("this cluster was not started");
    }
    return known;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "TestCluster[%s, processes %s]", folder.path(), processIds());
  }
}
