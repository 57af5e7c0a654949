package dev.lambdarollouts.simulator.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** CloudWatch Logs on the wire, AWS JSON 1.1. */
final class TestLogs {
  private final TestAws aws;

  TestLogs(TestAws aws) {
    this.aws = aws;
  }

  static List<String> messages(JsonNode page) {
    List<String> messages = new ArrayList<>();
    page.path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  void refused(String operation, String body, String code, String message) {
    HttpResponse<byte[]> response = send(operation, body);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = Json.read(response.body());
    assertThat(error.path("__type").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isEqualTo(message);
  }

  JsonNode call(String operation, String body) {
    HttpResponse<byte[]> response = send(operation, body);
    assertThat(response.statusCode())
        .as(operation + ": " + new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.read(response.body());
  }

  HttpResponse<byte[]> send(String operation, String body) {
    return new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "logs")
        .send(
            "POST",
            "/",
            body.getBytes(StandardCharsets.UTF_8),
            "X-Amz-Target",
            "Logs_20140328." + operation,
            "Content-Type",
            "application/x-amz-json-1.1");
  }
}
