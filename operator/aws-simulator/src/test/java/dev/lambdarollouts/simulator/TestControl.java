package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The simulator's own API, as curl uses it. */
public final class TestControl {
  private final TestAws aws;

  public TestControl(TestAws aws) {
    this.aws = aws;
  }

  public JsonNode get(String path) {
    return read(send("GET", path, ""));
  }

  public JsonNode post(String path, String body, int expected) {
    HttpResponse<String> response = send("POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return read(response);
  }

  void delete(String path) {
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
  }

  /** What is wrong with a request. */
  String refusal(String method, String path, String body) {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return read(response).path("error").asText();
  }

  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                aws.simulator
                    .endpoint()
                    .resolve(path.isEmpty() ? "/_simulator" : "/_simulator/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode read(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
