package dev.lambdarollouts.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** CloudWatch in the protocols that the Java SDK does not speak: AWS JSON 1.0 and query. */
final class TestCloudWatch {

  private TestCloudWatch() {}

  static JsonNode json(TestAws aws, String operation, String body) {
    return Json.read(send(aws, operation, body).body());
  }

  static HttpResponse<byte[]> send(TestAws aws, String operation, String body) {
    return new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "monitoring")
        .send(
            "POST",
            "/",
            body.getBytes(StandardCharsets.UTF_8),
            "X-Amz-Target",
            "GraniteServiceVersion20100801." + operation,
            "Content-Type",
            "application/x-amz-json-1.0");
  }

  static String query(TestAws aws, String form) {
    return new String(
        new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "monitoring")
            .send("POST", "/", form + "&Version=2010-08-01")
            .body(),
        StandardCharsets.UTF_8);
  }
}
