package dev.lambdarollouts.testcluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks HTTPS with the API server as the admin: is it ready, make a namespace. */
final class ApiServerAccess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final String url;
  private final String token;

  private ApiServerAccess(HttpClient client, String url, String token) {
    this.client = client;
    this.url = url;
    this.token = token;
  }

  /**
   * An access that trusts exactly this certificate file.
   *
   * @throws IOException when the file is not there yet or not complete
   */
  static ApiServerAccess trusting(Path caCertificate, String url, String token) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trust(caCertificate))
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(LIMIT)
            .build();
    return new ApiServerAccess(client, url, token);
  }

  /**
   * Whether the server is ready and has made the namespace {@code default}. It reports ready a
   * moment before that, and then refuses what is created there.
   */
  boolean isReady() throws InterruptedException {
    try {
      return isFound("/readyz") && isFound("/api/v1/namespaces/default");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isFound(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).statusCode() == 200;
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static SSLContext trust(Path caCertificate) throws IOException {
    try (InputStream pem = Files.newInputStream(caCertificate)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("certificate-" + trusted.size(), each);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the API server's certificate " + caCertificate + " is unreadable", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
