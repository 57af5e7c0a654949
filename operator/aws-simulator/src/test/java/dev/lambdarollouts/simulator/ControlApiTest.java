package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** The simulator's own API and page, as curl uses them. */
class ControlApiTest {
  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aFaultStrikesTheCallsThatItNamesAsOftenAsItSays() {
    aws.create("hello");
    JsonNode fault =
        post(
            "faults",
            """
            {"fault":"throttle","service":"lambda","operation":"PublishVersion",
             "resource":"hello","account":"111111111111","region":"eu-west-1","times":3}
            """,
            201);
    assertThat(fault.path("left").asInt()).isEqualTo(3);

    assertThatThrownBy(() -> aws.lambda.publishVersion(r -> r.functionName("hello")))
        .isInstanceOf(TooManyRequestsException.class);
    assertThat(aws.lambda.publishVersion(r -> r.functionName("hello")).version()).isEqualTo("1");

    assertThat(get("faults").path("faults")).as("a fault that is used up is gone").isEmpty();
    assertThat(get("faults/" + fault.path("id").asInt()).path("struck").asInt()).isEqualTo(3);
  }

  @Test
  void aFaultForAWhileEndsInSimulatedTime() {
    post("faults", "{\"fault\":\"access-denied\",\"service\":\"lambda\",\"forSeconds\":60}", 201);

    assertThatThrownBy(() -> aws.lambda.listFunctions())
        .isInstanceOfSatisfying(
            LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    aws.advance(Duration.ofSeconds(59));
    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(LambdaException.class);
    aws.advance(Duration.ofSeconds(1));
    assertThat(aws.lambda.listFunctions().functions()).isEmpty();
  }

  @Test
  void theWholeEndpointIsDownForASimulatedWhileAndThisApiIsNot() {
    aws.create("hello");
    post("faults", "{\"fault\":\"down\",\"forSeconds\":3600}", 201);

    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(SdkClientException.class);
    assertThat(get("faults").path("faults").path(0).path("until").asText())
        .isEqualTo("2026-01-05T11:00:05Z");
    post("time", "{\"advanceSeconds\":3600}", 200);
    assertThat(aws.lambda.listFunctions().functions()).hasSize(1);
    assertThat(get("faults").path("faults")).isEmpty();
  }

  @Test
  void aTimeOutAfterTheEffectHoldsTheConnectionAndLeavesTheEffect() {
    aws.create("hello");
    post(
        "faults",
        "{\"fault\":\"timeout-after\",\"operation\":\"PublishVersion\",\"realSeconds\":0.05}",
        201);

    assertThatThrownBy(() -> aws.lambda.publishVersion(r -> r.functionName("hello")))
        .isInstanceOf(SdkClientException.class);
    delete("faults?operation=PublishVersion");
    assertThat(aws.lambda.publishVersion(r -> r.functionName("hello")).version()).isEqualTo("1");
    assertThat(get("faults").path("faults")).isEmpty();
  }

  @Test
  void faultsAreRemovedByNumberByFilterAndAllTogether() {
    int one =
        post("faults", "{\"fault\":\"cut-before\",\"service\":\"sts\"}", 201).path("id").asInt();
    post("faults", "{\"fault\":\"cut-after\",\"service\":\"lambda\"}", 201);
    post("faults", "{\"fault\":\"server-error-before\",\"service\":\"monitoring\"}", 201);

    delete("faults/" + one);
    assertThat(send("DELETE", "faults/" + one, "").statusCode()).isEqualTo(404);
    assertThat(get("faults?service=lambda").path("faults")).hasSize(1);
    delete("faults?service=lambda");
    assertThat(get("faults").path("faults")).hasSize(1);
    delete("faults");
    assertThat(get("faults").path("faults")).isEmpty();
    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void aMistakeInAnOrderIsNamed() {
    assertThat(post("faults", "{\"fault\":\"throtle\"}", 400).path("error").asText())
        .startsWith("fault must be one of [throttle, server-error-before");
    assertThat(post("faults", "{\"fault\":\"throttle\",\"count\":1}", 400).path("error").asText())
        .contains("Member 'count' is not known here");
    assertThat(post("faults", "{\"fault\":\"delay\"}", 400).path("error").asText())
        .isEqualTo("A delay needs realSeconds");
    assertThat(post("faults", "{\"fault\":\"cut-after\",\"times\":0}", 400).path("error").asText())
        .contains("times must be a whole number of at least 1");
    assertThat(post("time", "{\"set\":\"2020-01-01T00:00:00Z\"}", 400).path("error").asText())
        .startsWith("Time never goes back here");
    assertThat(send("GET", "nonsense", "").statusCode()).isEqualTo(404);
  }

  @Test
  void timeIsSetAndWhatIsDueHappens() {
    aws.lambda.createFunction(
        r ->
            r.functionName("slow")
                .runtime("nodejs22.x")
                .handler("index.handler")
                .role(TestAws.ROLE)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(Zips.of("a", "b")))));

    JsonNode time = post("time", "{\"set\":\"2026-01-05T10:01:00Z\"}", 200);

    assertThat(time.path("now").asText()).isEqualTo("2026-01-05T10:01:00Z");
    assertThat(aws.lambda.getFunctionConfiguration(r -> r.functionName("slow")).stateAsString())
        .isEqualTo("Active");
  }

  @Test
  void aTimeThatBelongsToTheProcessIsNotMovedAndItSaysSo() {
    try (TestAws fixed = new TestAws(settings -> settings.clock(() -> TestAws.START))) {
      HttpResponse<String> answer =
          send(fixed, "POST", "time", "{\"advanceSeconds\":1}", new String[0]);
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("belongs to the process that started it");
    }
  }

  @Test
  void trafficRunsUntilItIsStopped() {
    aws.create("hello");
    aws.simulator.lambda().answers().answer("hello", run -> answer());
    JsonNode load =
        post(
            "traffic",
            "{\"function\":\"hello\",\"requestsPerSecond\":2,\"payload\":{\"a\":1}}",
            201);
    aws.advance(Duration.ofSeconds(10));

    assertThat(get("traffic").path("traffic").path(0).path("succeeded").asInt()).isEqualTo(21);
    assertThat(
            read(send("DELETE", "traffic/" + load.path("id").asInt(), ""))
                .path("succeeded")
                .asInt())
        .isEqualTo(21);
    aws.advance(Duration.ofSeconds(10));
    assertThat(get("traffic").path("traffic")).isEmpty();
  }

  @Test
  void theLastCallsAreListedNewestFirst() {
    aws.create("hello");
    aws.cloudWatch.describeAlarms();

    JsonNode calls = get("calls?limit=2").path("calls");
    assertThat(calls).hasSize(2);
    assertThat(calls.path(0).path("operation").asText()).isEqualTo("DescribeAlarms");
    assertThat(calls.path(1).path("operation").asText()).isEqualTo("CreateFunction");
    assertThat(get("calls?service=lambda").path("calls")).hasSize(1);
    delete("calls");
    assertThat(get("calls").path("calls")).isEmpty();
  }

  @Test
  void thePageShowsWhatIsThereAndEscapesIt() {
    aws.create("hello");
    aws.release("hello", "code 2");
    aws.lambda.publishVersion(r -> r.functionName("hello"));
    aws.lambda.createAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .functionVersion("1")
                .description("<script>alert(1)</script>"));
    aws.release("hello", "code 3");
    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.25))));
    aws.simulator.lambda().answers().answer("hello", run -> answer());
    aws.simulator.traffic().start("hello:live", 4);
    aws.cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("<img src=x onerror=alert(1)>")
                .namespace("n")
                .metricName("m")
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    aws.advance(Duration.ofMinutes(2));

    HttpResponse<String> page = send("GET", "", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("hello", "<b>live</b> 75.0 %", "<b>live</b> 25.0 %", " invocations in 5 minutes")
        .contains("&lt;img src=x onerror=alert(1)&gt;", "INSUFFICIENT_DATA")
        .contains("lambda:CreateAlias", "hello:live")
        .doesNotContain("<img", "<script", "http://", "https://", "src=\"", "href=");
  }

  @Test
  void itIsNoAwsServiceAndHidesNoBucket() {
    RawClient s3 = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
    assertThat(s3.send("GET", "/_simulator/faults", "").statusCode())
        .as("a signed request is S3's")
        .isEqualTo(404);
    assertThat(new String(s3.send("GET", "/_simulator", "").body(), StandardCharsets.UTF_8))
        .contains("<Code>NoSuchBucket</Code>");
    assertThat(send(aws, "GET", "faults", "", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(aws.simulator.calls().of("s3")).hasSize(2);
  }

  private static Answer answer() {
    return Answer.success();
  }

  private JsonNode get(String path) {
    return read(send("GET", path, ""));
  }

  private JsonNode post(String path, String body, int expected) {
    HttpResponse<String> response = send("POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return read(response);
  }

  private void delete(String path) {
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return send(aws, method, path, body);
  }

  private static HttpResponse<String> send(
      TestAws aws, String method, String path, String body, String... headers) {
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

  private static JsonNode read(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
