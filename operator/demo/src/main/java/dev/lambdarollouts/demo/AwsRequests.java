package dev.lambdarollouts.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The few requests that the demo itself makes of AWS, as any HTTP client could: an upload, an
 * alarm, where the alias is. They carry the account and the region where AWS looks for them, and no
 * valid signature: the simulator asks for none.
 */
final class AwsRequests implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String account;
  private final String region;

  AwsRequests(URI endpoint, String account, String region) {
    this.endpoint = endpoint;
    this.account = account;
    this.region = region;
  }

  void createBucket(String bucket) {
    send(request("s3", "/" + bucket).PUT(BodyPublishers.noBody()));
  }

  void upload(String bucket, Path file) throws IOException {
    send(request("s3", "/" + bucket + "/" + file.getFileName()).PUT(BodyPublishers.ofFile(file)));
  }

  /**
   * PutMetricAlarm with the very file that {@code aws cloudwatch put-metric-alarm --cli-input-json}
   * takes.
   */
  void putMetricAlarm(Path file) throws IOException {
    cloudWatch("PutMetricAlarm", BodyPublishers.ofFile(file));
  }

  /** When an alarm last changed its state, in the time that the simulator lives in. */
  Instant lastTransition(String alarm) {
    JsonNode answer =
        cloudWatch(
            "DescribeAlarms",
            BodyPublishers.ofString(
                JSON.createObjectNode()
                    .set("AlarmNames", JSON.createArrayNode().add(alarm))
                    .toString()));
    double seconds =
        answer.path("MetricAlarms").path(0).path("StateTransitionedTimestamp").asDouble();
    return Instant.ofEpochMilli(Math.round(seconds * 1_000));
  }

  /** GetAlias; a missing node when there is none yet. */
  JsonNode alias(String function, String alias) {
    HttpResponse<byte[]> answer =
        exchange(
            request("lambda", "/2015-03-31/functions/" + function + "/aliases/" + alias).GET());
    return answer.statusCode() == 200 ? read(answer.body()) : JSON.missingNode();
  }

  private JsonNode cloudWatch(String operation, HttpRequest.BodyPublisher body) {
    return read(
        send(
            request("monitoring", "/")
                .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(body)));
  }

  private HttpRequest.Builder request(String service, String path) {
    return HttpRequest.newBuilder(endpoint.resolve(path))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + account
                + "/20260101/"
                + region
                + "/"
                + service
                + "/aws4_request, SignedHeaders=host, Signature=none");
  }

  private byte[] send(HttpRequest.Builder request) {
    HttpResponse<byte[]> answer = exchange(request);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          answer.request().method()
              + " "
              + answer.uri()
              + " answered "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
