package dev.lambdarollouts.testcluster.binaries;

import dev.lambdarollouts.testcluster.binaries.EnvtestIndex.Archive;
import dev.lambdarollouts.testcluster.process.FolderRemoval;
import dev.lambdarollouts.testcluster.process.GuardedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Downloads the archive that Kubernetes publishes for tests (envtest), as fabric8's kube-api-test
 * does. Not by its downloader: that has no time limit, so it may hang where packets are dropped,
 * and it does not compare the archive with its published hash.
 */
final class EnvtestDownload implements BinarySource {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration INDEX_LIMIT = Duration.ofSeconds(15);

  private final URI index;
  private final Duration tellEvery;
  private final Duration stalledAfter;

  /**
   * A download of what this index lists.
   *
   * @param tellEvery how often progress is told and looked at
   * @param stalledAfter after how long without one byte the download is given up
   */
  EnvtestDownload(URI index, Duration tellEvery, Duration stalledAfter) {
    this.index = index;
    this.tellEvery = tellEvery;
    this.stalledAfter = stalledAfter;
  }

  static EnvtestDownload ofKubernetes() {
    return new EnvtestDownload(
        URI.create(
            "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml"),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  @Override
  public String name() {
    return "download";
  }

  @Override
  public Outcome fill(BinaryCache cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    FolderRemoval.remove(cache.scratch());
    Files.createDirectories(cache.scratch());
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      progress.accept("test-cluster: looking for Kubernetes binaries at " + index);
      Optional<Archive> archive = choose(client, cache);
      if (archive.isEmpty()) {
        return new Outcome.Unavailable(
            "%s lists no %s.x for %s".formatted(index, cache.release().minor(), cache.platform()));
      }
      install(fetch(client, archive.get(), cache.scratch(), progress), archive.get(), cache);
      return new Outcome.Filled();
    } catch (SourceFailed e) {
      return new Outcome.Unavailable(e.reason());
    } finally {
      FolderRemoval.remove(cache.scratch());
    }
  }

  private Optional<Archive> choose(HttpClient client, BinaryCache cache)
      throws InterruptedException, SourceFailed {
    HttpRequest request = HttpRequest.newBuilder(index).timeout(INDEX_LIMIT).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new SourceFailed("%s answered HTTP %d".formatted(index, response.statusCode()));
      }
      return EnvtestIndex.choose(response.body(), cache.release(), cache.platform());
    } catch (IOException e) {
      throw new SourceFailed("%s could not be read (%s)".formatted(index, e));
    }
  }

  private Path fetch(HttpClient client, Archive archive, Path scratch, Consumer<String> progress)
      throws IOException, InterruptedException, SourceFailed {
    Path file = scratch.resolve("envtest.tar.gz");
    CompletableFuture<HttpResponse<Path>> download =
        client.sendAsync(
            HttpRequest.newBuilder(archive.address()).build(),
            HttpResponse.BodyHandlers.ofFile(file));
    try {
      int status = await(download, archive, file, progress).statusCode();
      if (status != 200) {
        throw new SourceFailed("%s answered HTTP %d".formatted(archive.address(), status));
      }
    } catch (ExecutionException e) {
      throw new SourceFailed(
          "%s could not be fetched (%s)".formatted(archive.address(), e.getCause()));
    } finally {
      download.cancel(true);
    }
    if (!sha512(file).equalsIgnoreCase(archive.sha512())) {
      throw new SourceFailed(
          "%s is not what its index says: the SHA-512 differs".formatted(archive.address()));
    }
    return file;
  }

  private <T> T await(
      CompletableFuture<T> download, Archive archive, Path file, Consumer<String> progress)
      throws IOException, InterruptedException, ExecutionException, SourceFailed {
    long start = System.nanoTime();
    long lastGrowth = start;
    long size = 0;
    while (true) {
      progress.accept(
          "test-cluster: downloading %s, %d s, %d MB"
              .formatted(
                  archive.address(),
                  Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                  size / 1_000_000));
      try {
        return download.get(tellEvery.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = Files.exists(file) ? Files.size(file) : 0;
        lastGrowth = now > size ? System.nanoTime() : lastGrowth;
        size = now;
      }
      if (System.nanoTime() - lastGrowth > stalledAfter.toNanos()) {
        throw new SourceFailed(
            "%s: nothing came for %s".formatted(archive.address(), stalledAfter));
      }
    }
  }

  private static String sha512(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-512", e);
    }
  }

  private static void install(Path archive, Archive description, BinaryCache cache)
      throws IOException, InterruptedException, SourceFailed {
    Path unpacked = Files.createDirectories(cache.scratch().resolve("unpacked"));
    Path log = cache.scratch().resolve("tar.log");
    List<String> command = List.of("tar", "-xzf", archive.toString(), "-C", unpacked.toString());
    try (GuardedProcess tar =
        GuardedProcess.start(command, unpacked, log, Map.of(), Optional.of(cache.scratch()))) {
      if (!tar.endsWithin(Duration.ofMinutes(2)) || tar.exitCode() != 0) {
        throw new SourceFailed(
            "`tar` could not unpack the archive: " + Files.readString(log).strip());
      }
    }
    for (String name : ClusterBinaries.NAMES) {
      cache.install(find(unpacked, name, description), name, description.kubernetesVersion());
    }
  }

  private static Path find(Path unpacked, String name, Archive archive)
      throws IOException, SourceFailed {
    try (Stream<Path> files =
        Files.find(
            unpacked, 4, (path, attributes) -> attributes.isRegularFile() && path.endsWith(name))) {
      return files
          .findFirst()
          .orElseThrow(
              () -> new SourceFailed("there is no %s in %s".formatted(name, archive.address())));
    }
  }
}
