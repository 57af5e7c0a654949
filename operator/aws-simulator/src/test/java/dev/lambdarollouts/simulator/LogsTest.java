package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.LogFormat;

/** CloudWatch Logs on the wire, AWS JSON 1.1; boto3 uses it in {@link BotoCanaryTest}. */
class LogsTest {
  private static final long NOW = TestAws.START.toEpochMilli();

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void groupsAreMadeShownAndDeleted() {
    assertThat(
            send("CreateLogGroup", "{\"logGroupName\":\"/app/shop\",\"tags\":{\"a\":\"b\"}}")
                .body())
        .as("no members and no body")
        .isEmpty();
    refused(
        "CreateLogGroup",
        "{\"logGroupName\":\"/app/shop\"}",
        "ResourceAlreadyExistsException",
        "The specified log group already exists");

    assertThat(call("DescribeLogGroups", "{}").path("logGroups").path(0))
        .isEqualTo(
            Json.read(
                """
                {"logGroupName":"/app/shop","creationTime":%d,"metricFilterCount":0,
                 "arn":"arn:aws:logs:eu-west-1:111111111111:log-group:/app/shop:*","storedBytes":0,
                 "logGroupClass":"STANDARD",
                 "logGroupArn":"arn:aws:logs:eu-west-1:111111111111:log-group:/app/shop",
                 "deletionProtectionEnabled":false}
                """
                    .formatted(NOW)
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(
            call(
                    "ListTagsForResource",
                    "{\"resourceArn\":\"arn:aws:logs:eu-west-1:111111111111:log-group:/app/shop\"}")
                .path("tags")
                .path("a")
                .asText())
        .isEqualTo("b");
    call("DeleteLogGroup", "{\"logGroupName\":\"/app/shop\"}");
    refused(
        "DeleteLogGroup",
        "{\"logGroupName\":\"/app/shop\"}",
        "ResourceNotFoundException",
        "The specified log group does not exist.");
  }

  @Test
  void groupsAreListedByPrefixByPatternAndInPages() {
    for (int i = 0; i < 60; i++) {
      call("CreateLogGroup", "{\"logGroupName\":\"/app/%d\"}".formatted(i));
    }
    JsonNode first = call("DescribeLogGroups", "{\"logGroupNamePrefix\":\"/app\"}");
    assertThat(first.path("logGroups")).hasSize(50);
    assertThat(
            call(
                    "DescribeLogGroups",
                    "{\"logGroupNamePrefix\":\"/app\",\"nextToken\":\""
                        + first.path("nextToken").asText()
                        + "\"}")
                .path("logGroups"))
        .hasSize(10);
    assertThat(call("DescribeLogGroups", "{\"logGroupNamePattern\":\"/5\"}").path("logGroups"))
        .hasSize(11);
    refused(
        "DescribeLogGroups",
        "{\"limit\":51}",
        "ValidationException",
        "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 50");
  }

  @Test
  void eventsAreReadForwardAndBackwardInPages() {
    stream("s");
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      events.append(i == 0 ? "" : ",").append(event(NOW + i, "m" + i));
    }
    put("s", events.toString());

    JsonNode first = get("\"startFromHead\":true,\"limit\":2");
    assertThat(messages(first)).containsExactly("m0", "m1");
    JsonNode second = get("\"limit\":2,\"nextToken\":\"" + forward(first) + "\"");
    assertThat(messages(second)).containsExactly("m2", "m3");
    JsonNode third = get("\"limit\":2,\"nextToken\":\"" + forward(second) + "\"");
    assertThat(messages(third)).containsExactly("m4");
    JsonNode end = get("\"limit\":2,\"nextToken\":\"" + forward(third) + "\"");
    assertThat(messages(end)).isEmpty();
    assertThat(forward(end)).as("the same token says that it is the end").isEqualTo(forward(third));
    put("s", event(NOW + 9, "later"));
    assertThat(messages(get("\"nextToken\":\"" + forward(end) + "\"")))
        .as("what came since")
        .containsExactly("later");

    assertThat(messages(get("\"limit\":2"))).as("the last ones").containsExactly("m4", "later");
    assertThat(messages(get("\"nextToken\":\"" + second.path("nextBackwardToken").asText() + "\"")))
        .containsExactly("m0", "m1");
    assertThat(messages(get("\"startTime\":%d,\"endTime\":%d".formatted(NOW + 1, NOW + 3))))
        .as("the end is exclusive")
        .containsExactly("m1", "m2");
    refused(
        "GetLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\"s\",\"nextToken\":\"x\"}",
        "InvalidParameterException",
        "The specified nextToken is invalid.");
  }

  @Test
  void eventsOutOfTimeAreRejectedAndToldByIndex() {
    stream("s");
    long day = Duration.ofDays(1).toMillis();
    JsonNode reply =
        put("s", event(NOW - 15 * day, "old") + "," + event(NOW - 15 * day + 1, "old"));
    assertThat(reply.path("rejectedLogEventsInfo").path("tooOldLogEventEndIndex").asInt())
        .isEqualTo(2);
    JsonNode tooNew = put("s", event(NOW, "now") + "," + event(NOW + 3 * 3_600_000, "new"));
    assertThat(tooNew.path("rejectedLogEventsInfo").path("tooNewLogEventStartIndex").asInt())
        .isEqualTo(1);
    assertThat(messages(get(""))).containsExactly("now");
    refused(
        "PutLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\"s\",\"logEvents\":["
            + event(NOW + 1, "b")
            + ","
            + event(NOW, "a")
            + "]}",
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.");
  }

  @Test
  void eventsAreFilteredOverStreamsByTermsAndByJson() {
    stream("a");
    stream("b");
    put("a", event(NOW, "ERROR one") + "," + event(NOW + 2, "WARN two"));
    put(
        "b",
        event(NOW + 1, "ERROR two words")
            + ","
            + event(
                NOW + 3,
                "{\\\"level\\\":\\\"ERROR\\\",\\\"took\\\":{\\\"ms\\\":120},\\\"list\\\":[{\\\"a\\\":1}]}"));

    assertThat(filter("ERROR")).hasSize(3);
    assertThat(filter("ERROR two")).containsExactly("ERROR two words");
    assertThat(filter("\\\"two words\\\"")).containsExactly("ERROR two words");
    assertThat(filter("?one ?WARN")).containsExactly("ERROR one", "WARN two");
    assertThat(filter("two -ERROR")).containsExactly("WARN two");
    assertThat(filter("%o[rn]e%")).containsExactly("ERROR one");
    assertThat(filter("{ $.level = \\\"ERR*\\\" && $.took.ms > 100 }")).hasSize(1);
    assertThat(filter("{ $.took.ms > 120 || $.list[0].a = 1 }")).hasSize(1);
    assertThat(filter("{ $.none NOT EXISTS }")).hasSize(1);
    assertThat(filter("{ $.level != \\\"ERROR\\\" }")).isEmpty();
    refused(
        "FilterLogEvents",
        "{\"logGroupName\":\"g\",\"filterPattern\":\"[a, b]\"}",
        "InvalidParameterException",
        "Invalid filter pattern: aws-simulator does not have patterns of columns ([a, b])");

    JsonNode page = call("FilterLogEvents", "{\"logGroupName\":\"g\",\"limit\":3}");
    assertThat(messages(page)).containsExactly("ERROR one", "ERROR two words", "WARN two");
    assertThat(page.path("events").path(0).path("eventId").asText()).hasSize(56);
    assertThat(
            messages(
                call(
                    "FilterLogEvents",
                    "{\"logGroupName\":\"g\",\"limit\":3,\"nextToken\":\""
                        + page.path("nextToken").asText()
                        + "\"}")))
        .hasSize(1);
    assertThat(
            messages(
                call("FilterLogEvents", "{\"logGroupName\":\"g\",\"logStreamNames\":[\"a\"]}")))
        .hasSize(2);
  }

  @Test
  void streamsAreListedByNameOrByTheirLastEvent() {
    stream("a");
    stream("b");
    put("b", event(NOW - 5, "first"));
    put("a", event(NOW, "last"));
    JsonNode streams =
        call(
                "DescribeLogStreams",
                "{\"logGroupName\":\"g\",\"orderBy\":\"LastEventTime\",\"descending\":true}")
            .path("logStreams");
    assertThat(streams.path(0).path("logStreamName").asText()).isEqualTo("a");
    assertThat(streams.path(0).path("lastEventTimestamp").asLong()).isEqualTo(NOW);
    assertThat(streams.path(0).path("arn").asText())
        .isEqualTo("arn:aws:logs:eu-west-1:111111111111:log-group:g:log-stream:a");
    assertThat(
            call("DescribeLogStreams", "{\"logGroupName\":\"g\",\"logStreamNamePrefix\":\"b\"}")
                .path("logStreams"))
        .hasSize(1);
  }

  @Test
  void whatIsOlderThanTheRetentionIsGone() {
    stream("s");
    put("s", event(NOW, "old"));
    call("PutRetentionPolicy", "{\"logGroupName\":\"g\",\"retentionInDays\":1}");
    assertThat(
            call("DescribeLogGroups", "{}")
                .path("logGroups")
                .path(0)
                .path("retentionInDays")
                .asInt())
        .isEqualTo(1);
    aws.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(messages(get(""))).isEmpty();
    call("DeleteRetentionPolicy", "{\"logGroupName\":\"g\"}");
    assertThat(call("DescribeLogGroups", "{}").path("logGroups").path(0).has("retentionInDays"))
        .isFalse();
    assertThat(
            send("PutRetentionPolicy", "{\"logGroupName\":\"g\",\"retentionInDays\":2}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aGroupHasTwoSubscriptionFiltersAtMost() {
    stream("s");
    for (String name : List.of("one", "two")) {
      call("PutSubscriptionFilter", subscription(name));
    }
    refused(
        "PutSubscriptionFilter",
        subscription("three"),
        "LimitExceededException",
        "Resource limit exceeded.");
    call("PutSubscriptionFilter", subscription("two"));
    JsonNode filters =
        call("DescribeSubscriptionFilters", "{\"logGroupName\":\"g\"}").path("subscriptionFilters");
    assertThat(filters).hasSize(2);
    assertThat(filters.path(0).path("distribution").asText()).isEqualTo("ByLogStream");
    call("DeleteSubscriptionFilter", "{\"logGroupName\":\"g\",\"filterName\":\"one\"}");
    refused(
        "DeleteSubscriptionFilter",
        "{\"logGroupName\":\"g\",\"filterName\":\"one\"}",
        "ResourceNotFoundException",
        "The specified subscription filter does not exist.");
  }

  @Test
  void invocationsAreLoggedWhenTheyHaveEnded() {
    aws.create("hello");
    aws.simulator
        .lambda()
        .answers()
        .answer("hello", run -> Answer.success().taking(Duration.ofSeconds(2)));
    String id = aws.lambda.invoke(r -> r.functionName("hello")).responseMetadata().requestId();
    assertThat(call("DescribeLogGroups", "{}").path("logGroups")).isEmpty();
    aws.advance(Duration.ofSeconds(2));

    JsonNode events = call("FilterLogEvents", "{\"logGroupName\":\"/aws/lambda/hello\"}");
    List<String> messages = messages(events);
    assertThat(messages).hasSize(3);
    assertThat(messages.get(0)).isEqualTo("START RequestId: " + id + " Version: $LATEST\n");
    assertThat(messages.get(1)).isEqualTo("END RequestId: " + id + "\n");
    assertThat(messages.get(2))
        .startsWith("REPORT RequestId: " + id + "\tDuration: 2000.00 ms\tBilled Duration: 2000 ms");
    assertThat(events.path("events").path(0).path("logStreamName").asText())
        .matches("2026/01/05/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(events.path("events").path(2).path("timestamp").asLong())
        .isEqualTo(events.path("events").path(0).path("timestamp").asLong() + 2000);
  }

  @Test
  void whatTheCodePrintsStandsBetweenStartAndEnd() {
    invokePrinting(r -> {});

    assertThat(messages(call("FilterLogEvents", "{\"logGroupName\":\"/aws/lambda/hello\"}")))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("INIT_START Runtime Version: java:25.v1\n"),
            line -> assertThat(line).startsWith("START RequestId: "),
            line -> assertThat(line).isEqualTo("one\n"),
            line -> assertThat(line).isEqualTo("two\n"),
            line -> assertThat(line).startsWith("END RequestId: "),
            line -> assertThat(line).startsWith("REPORT RequestId: ").contains("Init Duration: "));
  }

  @Test
  void aFunctionThatLogsInJsonHasPlatformEvents() {
    invokePrinting(r -> r.loggingConfig(c -> c.logFormat(LogFormat.JSON).logGroup("/shared")));

    List<JsonNode> events = new ArrayList<>();
    messages(call("FilterLogEvents", "{\"logGroupName\":\"/shared\"}"))
        .forEach(text -> events.add(Json.read(text.getBytes(StandardCharsets.UTF_8))));
    assertThat(events).hasSize(4);
    assertThat(events.get(0).path("type").asText()).isEqualTo("platform.start");
    assertThat(events.get(0).path("record").path("version").asText()).isEqualTo("$LATEST");
    assertThat(events.get(1).path("message").asText()).isEqualTo("one");
    assertThat(events.get(3).path("type").asText()).isEqualTo("platform.report");
    assertThat(events.get(3).path("record").path("status").asText()).isEqualTo("success");
    assertThat(
            messages(
                call(
                    "FilterLogEvents",
                    "{\"logGroupName\":\"/shared\",\"filterPattern\":"
                        + "\"{ $.type = \\\"platform.report\\\" }\"}")))
        .hasSize(1);
  }

  private void invokePrinting(Consumer<CreateFunctionRequest.Builder> more) {
    byte[] zip =
        Handlers.zip(
            """
            {
              public String handleRequest(String input) {
                System.out.println("one");
                System.out.println("two");
                return input;
              }
            }
            """);
    aws.create(
        "hello",
        r -> {
          r.runtime("java25").handler("app.Handler").timeout(10);
          r.code(c -> c.zipFile(SdkBytes.fromByteArray(zip)));
          more.accept(r);
        });
    aws.lambda.invoke(r -> r.functionName("hello").payload(SdkBytes.fromUtf8String("\"x\"")));
    aws.advance(Duration.ofMinutes(1));
  }

  @Test
  void anUnknownOperationIsNamed() {
    refused(
        "StartQuery",
        "{}",
        "UnknownOperationException",
        "aws-simulator does not have the CloudWatch Logs operation 'StartQuery'");
  }

  private void stream(String name) {
    send("CreateLogGroup", "{\"logGroupName\":\"g\"}");
    call("CreateLogStream", "{\"logGroupName\":\"g\",\"logStreamName\":\"" + name + "\"}");
  }

  private JsonNode put(String stream, String events) {
    return call(
        "PutLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\""
            + stream
            + "\",\"logEvents\":["
            + events
            + "]}");
  }

  private JsonNode get(String more) {
    return call(
        "GetLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\"s\""
            + (more.isEmpty() ? "" : "," + more)
            + "}");
  }

  private List<String> filter(String pattern) {
    return messages(
        call("FilterLogEvents", "{\"logGroupName\":\"g\",\"filterPattern\":\"" + pattern + "\"}"));
  }

  private static String event(long at, String message) {
    return "{\"timestamp\":" + at + ",\"message\":\"" + message + "\"}";
  }

  private static String subscription(String name) {
    return "{\"logGroupName\":\"g\",\"filterName\":\""
        + name
        + "\",\"filterPattern\":\"\",\"destinationArn\":"
        + "\"arn:aws:lambda:eu-west-1:111111111111:function:f\"}";
  }

  private static String forward(JsonNode page) {
    return page.path("nextForwardToken").asText();
  }

  private static List<String> messages(JsonNode page) {
    List<String> messages = new ArrayList<>();
    page.path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  private void refused(String operation, String body, String code, String message) {
    HttpResponse<byte[]> response = send(operation, body);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = Json.read(response.body());
    assertThat(error.path("__type").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isEqualTo(message);
  }

  private JsonNode call(String operation, String body) {
    HttpResponse<byte[]> response = send(operation, body);
    assertThat(response.statusCode())
        .as(operation + ": " + new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.read(response.body());
  }

  private HttpResponse<byte[]> send(String operation, String body) {
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
