package dev.lambdarollouts.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Bare HTTP with a credential scope, to see what is really on the wire. */
public final class RawClient {
  private final URI endpoint;
  private final String authorization;

  public RawClient(URI endpoint, String accessKey, String service) {
    this.endpoint = endpoint;
    this.authorization =
        "AWS4-HMAC-SHA256 Credential="
            + accessKey
            + "/20260105/eu-west-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=none";
  }

  public HttpResponse<byte[]> send(String method, String path, String body) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonNode json(String method, String path, String body) {
    return Json.read(send(method, path, body).body());
  }
}
