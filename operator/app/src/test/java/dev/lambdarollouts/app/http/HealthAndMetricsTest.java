package dev.lambdarollouts.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthAndMetricsTest {

  private Health health = new Health(true, false, "starting");
  private final HealthAndMetrics answering =
      HealthAndMetrics.start(0, () -> health, () -> "a_metric 1\n");
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    answering.close();
    client.close();
  }

  @Test
  void aliveAndReadyAreTwoQuestions() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("starting\n");

    health = new Health(false, true, "lost");

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsComeInPrometheusTextFormat() throws Exception {
    HttpResponse<String> metrics = get("/metrics");

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).isEqualTo("a_metric 1\n");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void otherPagesAndMethodsAreRefused() throws Exception {
    assertThat(get("/healthz/x").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri("/metrics")).POST(BodyPublishers.noBody()).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamedWithARemedy() {
    int taken = answering.port();

    assertThatThrownBy(() -> HealthAndMetrics.start(taken, () -> health, () -> ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lambda-rollouts.http-port: found " + taken)
        .hasMessageContaining("give a free port");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + answering.port() + path);
  }
}
