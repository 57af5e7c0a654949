package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lambdarollouts.testcluster.binaries.BinarySource.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a web server of its own that offers an archive of the published layout. */
class EnvtestDownloadTest {

  @TempDir Path folder;
  private final List<String> progress = new ArrayList<>();
  private BinaryCache cache;
  private HttpServer server;
  private String address;

  @BeforeEach
  void startServer() throws IOException {
    cache = FakeBinaries.cacheIn(folder.resolve("cache"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void bringsTheThreeProgramsIntoTheCache() throws Exception {
    byte[] archive = archiveOf("kube-apiserver", "etcd", "kubectl");
    offer("/index.yaml", 200, indexFor(archive));
    offer("/archive.tar.gz", 200, archive);

    assertThat(download()).isEqualTo(new Outcome.Filled());

    ClusterBinaries binaries = cache.find().orElseThrow();
    assertThat(binaries.etcd()).isExecutable().hasContent("I am etcd");
    assertThat(binaries.kubeApiServer()).hasContent("I am kube-apiserver");
    assertThat(cache.scratch()).doesNotExist();
    assertThat(progress).anyMatch(line -> line.contains("downloading " + address));
  }

  @Test
  void refusesAnArchiveThatIsNotWhatTheIndexSays() throws Exception {
    offer("/index.yaml", 200, indexFor(archiveOf("kube-apiserver", "etcd", "kubectl")));
    offer("/archive.tar.gz", 200, archiveOf("kube-apiserver"));

    assertThat(reason()).contains("SHA-512 differs");
    assertThat(cache.find()).isEmpty();
  }

  @Test
  void saysWhichProgramTheArchiveLacks() throws Exception {
    byte[] archive = archiveOf("kube-apiserver", "kubectl");
    offer("/index.yaml", 200, indexFor(archive));
    offer("/archive.tar.gz", 200, archive);

    assertThat(reason()).contains("there is no etcd in");
  }

  @Test
  void saysWhatTheServerAnswered() {
    assertThat(reason()).isEqualTo(address + "/index.yaml answered HTTP 404");

    offer("/index.yaml", 200, indexFor(new byte[] {1}));
    assertThat(reason()).isEqualTo(address + "/archive.tar.gz answered HTTP 404");
  }

  @Test
  void saysThatTheServerCannotBeReached() {
    server.stop(0);

    assertThat(reason()).contains(address + "/index.yaml could not be read");
  }

  @Test
  void givesUpADownloadThatStandsStill() {
    offer("/index.yaml", 200, indexFor(new byte[] {1}));
    server.createContext(
        "/archive.tar.gz", exchange -> exchange.sendResponseHeaders(200, 1_000_000));

    assertThat(reason(Duration.ofMillis(200))).contains("nothing came for PT0.2S");
  }

  private Outcome download() throws IOException, InterruptedException {
    return download(Duration.ofMinutes(1));
  }

  private Outcome download(Duration stalledAfter) throws IOException, InterruptedException {
    return new EnvtestDownload(
            URI.create(address + "/index.yaml"), Duration.ofMillis(50), stalledAfter)
        .fill(cache, progress::add);
  }

  private String reason() {
    return reason(Duration.ofMinutes(1));
  }

  private String reason(Duration stalledAfter) {
    try {
      Outcome outcome = download(stalledAfter);
      assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
      return ((Outcome.Unavailable) outcome).reason();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void offer(String path, int status, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  private byte[] indexFor(byte[] archive) {
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive));
      return EnvtestIndexTest.index(
              EnvtestIndexTest.entry("1.35.4", "linux-amd64", hash, address + "/archive.tar.gz"))
          .getBytes(StandardCharsets.UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] archiveOf(String... programs) throws IOException, InterruptedException {
    Path content = Files.createTempDirectory(folder, "content");
    Path inside = Files.createDirectories(content.resolve("controller-tools/envtest"));
    for (String program : programs) {
      Files.writeString(inside.resolve(program), "I am " + program);
    }
    Path archive = Files.createTempFile(folder, "archive", ".tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", content.toString(), ".")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(archive);
  }
}
