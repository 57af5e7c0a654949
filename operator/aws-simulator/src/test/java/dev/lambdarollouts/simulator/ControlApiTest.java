package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
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
  private final TestControl control = new TestControl(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aFaultStrikesTheCallsThatItNamesAsOftenAsItSays() {
    aws.create("hello");
    JsonNode fault =
        control.post(
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

    assertThat(control.get("faults").path("faults"))
        .as("a fault that is used up is gone")
        .isEmpty();
    assertThat(control.get("faults/" + fault.path("id").asInt()).path("struck").asInt())
        .isEqualTo(3);
  }

  @Test
  void aFaultForAWhileEndsInSimulatedTime() {
    control.post(
        "faults", "{\"fault\":\"access-denied\",\"service\":\"lambda\",\"forSeconds\":60}", 201);

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
    control.post("faults", "{\"fault\":\"down\",\"forSeconds\":3600}", 201);

    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(SdkClientException.class);
    assertThat(control.get("faults").path("faults").path(0).path("until").asText())
        .isEqualTo("2026-01-05T11:00:05Z");
    control.post("time", "{\"advanceSeconds\":3600}", 200);
    assertThat(aws.lambda.listFunctions().functions()).hasSize(1);
    assertThat(control.get("faults").path("faults")).isEmpty();
  }

  @Test
  void aTimeOutAfterTheEffectHoldsTheConnectionAndLeavesTheEffect() {
    aws.create("hello");
    control.post(
        "faults",
        "{\"fault\":\"timeout-after\",\"operation\":\"PublishVersion\",\"realSeconds\":0.05}",
        201);

    assertThatThrownBy(() -> aws.lambda.publishVersion(r -> r.functionName("hello")))
        .isInstanceOf(SdkClientException.class);
    control.delete("faults?operation=PublishVersion");
    assertThat(aws.lambda.publishVersion(r -> r.functionName("hello")).version()).isEqualTo("1");
    assertThat(control.get("faults").path("faults")).isEmpty();
  }

  @Test
  void faultsAreRemovedByNumberByFilterAndAllTogether() {
    int one =
        control
            .post("faults", "{\"fault\":\"cut-before\",\"service\":\"sts\"}", 201)
            .path("id")
            .asInt();
    control.post("faults", "{\"fault\":\"cut-after\",\"service\":\"lambda\"}", 201);
    control.post("faults", "{\"fault\":\"server-error-before\",\"service\":\"monitoring\"}", 201);

    control.delete("faults/" + one);
    assertThat(control.send("DELETE", "faults/" + one, "").statusCode()).isEqualTo(404);
    assertThat(control.get("faults?service=lambda").path("faults")).hasSize(1);
    control.delete("faults?service=lambda");
    assertThat(control.get("faults").path("faults")).hasSize(1);
    control.delete("faults");
    assertThat(control.get("faults").path("faults")).isEmpty();
    assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void aMistakeInAnOrderIsNamed() {
    assertThat(control.post("faults", "{\"fault\":\"throtle\"}", 400).path("error").asText())
        .startsWith("fault must be one of [throttle, server-error-before");
    assertThat(
            control
                .post("faults", "{\"fault\":\"throttle\",\"count\":1}", 400)
                .path("error")
                .asText())
        .contains("Member 'count' is not known here");
    assertThat(control.post("faults", "{\"fault\":\"delay\"}", 400).path("error").asText())
        .isEqualTo("A delay needs realSeconds");
    assertThat(
            control
                .post("faults", "{\"fault\":\"cut-after\",\"times\":0}", 400)
                .path("error")
                .asText())
        .contains("times must be a whole number of at least 1");
    assertThat(
            control.post("time", "{\"set\":\"2020-01-01T00:00:00Z\"}", 400).path("error").asText())
        .startsWith("Time never goes back here");
    assertThat(control.send("GET", "nonsense", "").statusCode()).isEqualTo(404);
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

    JsonNode time = control.post("time", "{\"set\":\"2026-01-05T10:01:00Z\"}", 200);

    assertThat(time.path("now").asText()).isEqualTo("2026-01-05T10:01:00Z");
    assertThat(aws.lambda.getFunctionConfiguration(r -> r.functionName("slow")).stateAsString())
        .isEqualTo("Active");
  }

  @Test
  void aTimeThatBelongsToTheProcessIsNotMovedAndItSaysSo() {
    try (TestAws fixed = new TestAws(settings -> settings.clock(() -> TestAws.START))) {
      HttpResponse<String> answer =
          new TestControl(fixed).send("POST", "time", "{\"advanceSeconds\":1}");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("belongs to the process that started it");
    }
  }

  @Test
  void trafficRunsUntilItIsStopped() {
    aws.create("hello");
    aws.simulator.lambda().answers().answer("hello", run -> answer());
    JsonNode load =
        control.post(
            "traffic",
            "{\"function\":\"hello\",\"requestsPerSecond\":2,\"payload\":{\"a\":1}}",
            201);
    aws.advance(Duration.ofSeconds(10));

    assertThat(control.get("traffic").path("traffic").path(0).path("succeeded").asInt())
        .isEqualTo(21);
    assertThat(
            TestControl.read(control.send("DELETE", "traffic/" + load.path("id").asInt(), ""))
                .path("succeeded")
                .asInt())
        .isEqualTo(21);
    aws.advance(Duration.ofSeconds(10));
    assertThat(control.get("traffic").path("traffic")).isEmpty();
  }

  @Test
  void theLastCallsAreListedNewestFirst() {
    aws.create("hello");
    aws.cloudWatch.describeAlarms();

    JsonNode calls = control.get("calls?limit=2").path("calls");
    assertThat(calls).hasSize(2);
    assertThat(calls.path(0).path("operation").asText()).isEqualTo("DescribeAlarms");
    assertThat(calls.path(1).path("operation").asText()).isEqualTo("CreateFunction");
    assertThat(control.get("calls?service=lambda").path("calls")).hasSize(1);
    control.delete("calls");
    assertThat(control.get("calls").path("calls")).isEmpty();
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

    HttpResponse<String> page = control.send("GET", "", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains(
            "hello",
            "<b>live</b> <span class=whole>75.0 %",
            "<b>live</b> <span class=whole>25.0 %",
            " invocations in 5 minutes")
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
    assertThat(control.send("GET", "faults", "", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(aws.simulator.calls().of("s3")).hasSize(2);
  }

  private static Answer answer() {
    return Answer.success();
  }
}
