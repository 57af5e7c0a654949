package dev.lambdarollouts.simulator.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.TestAws;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of CloudWatch Logs on the wire; boto3 uses it in {@link BotoCanaryTest}. */
class LogsTest {
  private static final long NOW = TestAws.START.toEpochMilli();

  private final TestAws aws = new TestAws();
  private final TestLogs logs = new TestLogs(aws);

  @AfterEach
  void stop() {
    aws.close();
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
    assertThat(TestLogs.messages(first)).containsExactly("m0", "m1");
    JsonNode second = get("\"limit\":2,\"nextToken\":\"" + forward(first) + "\"");
    assertThat(TestLogs.messages(second)).containsExactly("m2", "m3");
    JsonNode third = get("\"limit\":2,\"nextToken\":\"" + forward(second) + "\"");
    assertThat(TestLogs.messages(third)).containsExactly("m4");
    JsonNode end = get("\"limit\":2,\"nextToken\":\"" + forward(third) + "\"");
    assertThat(TestLogs.messages(end)).isEmpty();
    assertThat(forward(end)).as("the same token says that it is the end").isEqualTo(forward(third));
    put("s", event(NOW + 9, "later"));
    assertThat(TestLogs.messages(get("\"nextToken\":\"" + forward(end) + "\"")))
        .as("what came since")
        .containsExactly("later");

    assertThat(TestLogs.messages(get("\"limit\":2")))
        .as("the last ones")
        .containsExactly("m4", "later");
    assertThat(
            TestLogs.messages(
                get("\"nextToken\":\"" + second.path("nextBackwardToken").asText() + "\"")))
        .containsExactly("m0", "m1");
    assertThat(
            TestLogs.messages(get("\"startTime\":%d,\"endTime\":%d".formatted(NOW + 1, NOW + 3))))
        .as("the end is exclusive")
        .containsExactly("m1", "m2");
    logs.refused(
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
    assertThat(TestLogs.messages(get(""))).containsExactly("now");
    logs.refused(
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
  void theEndOfAFilterIsInclusive() {
    stream("s");
    put("s", event(NOW, "m0") + "," + event(NOW + 1, "m1") + "," + event(NOW + 2, "m2"));

    assertThat(
            TestLogs.messages(
                logs.call(
                    "FilterLogEvents",
                    "{\"logGroupName\":\"g\",\"startTime\":%d,\"endTime\":%d}"
                        .formatted(NOW, NOW + 1))))
        .containsExactly("m0", "m1");
    assertThat(TestLogs.messages(get("\"startTime\":%d,\"endTime\":%d".formatted(NOW, NOW + 1))))
        .as("that of one stream is exclusive")
        .containsExactly("m0");
  }

  @Test
  void aBatchSpansAtMostADay() {
    stream("s");
    long yesterday = NOW - Duration.ofDays(1).toMillis();
    put("s", event(yesterday, "first") + "," + event(NOW, "last"));
    assertThat(TestLogs.messages(get(""))).containsExactly("first", "last");

    logs.refused(
        "PutLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\"s\",\"logEvents\":["
            + event(yesterday - 1, "first")
            + ","
            + event(NOW, "last")
            + "]}",
        "InvalidParameterException",
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    assertThat(TestLogs.messages(get(""))).hasSize(2);
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
    logs.refused(
        "FilterLogEvents",
        "{\"logGroupName\":\"g\",\"filterPattern\":\"[a, b]\"}",
        "InvalidParameterException",
        "Invalid filter pattern: aws-simulator does not have patterns of columns ([a, b])");

    JsonNode page = logs.call("FilterLogEvents", "{\"logGroupName\":\"g\",\"limit\":3}");
    assertThat(TestLogs.messages(page)).containsExactly("ERROR one", "ERROR two words", "WARN two");
    assertThat(page.path("events").path(0).path("eventId").asText()).hasSize(56);
    assertThat(
            TestLogs.messages(
                logs.call(
                    "FilterLogEvents",
                    "{\"logGroupName\":\"g\",\"limit\":3,\"nextToken\":\""
                        + page.path("nextToken").asText()
                        + "\"}")))
        .hasSize(1);
    assertThat(
            TestLogs.messages(
                logs.call(
                    "FilterLogEvents", "{\"logGroupName\":\"g\",\"logStreamNames\":[\"a\"]}")))
        .hasSize(2);
  }

  @Test
  void streamsAreListedByNameOrByTheirLastEvent() {
    stream("a");
    stream("b");
    put("b", event(NOW - 5, "first"));
    put("a", event(NOW, "last"));
    JsonNode streams =
        logs.call(
                "DescribeLogStreams",
                "{\"logGroupName\":\"g\",\"orderBy\":\"LastEventTime\",\"descending\":true}")
            .path("logStreams");
    assertThat(streams.path(0).path("logStreamName").asText()).isEqualTo("a");
    assertThat(streams.path(0).path("lastEventTimestamp").asLong()).isEqualTo(NOW);
    assertThat(streams.path(0).path("arn").asText())
        .isEqualTo("arn:aws:logs:eu-west-1:111111111111:log-group:g:log-stream:a");
    assertThat(
            logs.call(
                    "DescribeLogStreams", "{\"logGroupName\":\"g\",\"logStreamNamePrefix\":\"b\"}")
                .path("logStreams"))
        .hasSize(1);
  }

  @Test
  void whatIsOlderThanTheRetentionIsGone() {
    stream("s");
    put("s", event(NOW, "old"));
    logs.call("PutRetentionPolicy", "{\"logGroupName\":\"g\",\"retentionInDays\":1}");
    assertThat(
            logs.call("DescribeLogGroups", "{}")
                .path("logGroups")
                .path(0)
                .path("retentionInDays")
                .asInt())
        .isEqualTo(1);
    aws.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(TestLogs.messages(get(""))).isEmpty();
    logs.call("DeleteRetentionPolicy", "{\"logGroupName\":\"g\"}");
    assertThat(
            logs.call("DescribeLogGroups", "{}").path("logGroups").path(0).has("retentionInDays"))
        .isFalse();
    assertThat(
            logs.send("PutRetentionPolicy", "{\"logGroupName\":\"g\",\"retentionInDays\":2}")
                .statusCode())
        .isEqualTo(400);
  }

  private void stream(String name) {
    logs.send("CreateLogGroup", "{\"logGroupName\":\"g\"}");
    logs.call("CreateLogStream", "{\"logGroupName\":\"g\",\"logStreamName\":\"" + name + "\"}");
  }

  private JsonNode put(String stream, String events) {
    return logs.call(
        "PutLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\""
            + stream
            + "\",\"logEvents\":["
            + events
            + "]}");
  }

  private JsonNode get(String more) {
    return logs.call(
        "GetLogEvents",
        "{\"logGroupName\":\"g\",\"logStreamName\":\"s\""
            + (more.isEmpty() ? "" : "," + more)
            + "}");
  }

  private List<String> filter(String pattern) {
    return TestLogs.messages(
        logs.call(
            "FilterLogEvents", "{\"logGroupName\":\"g\",\"filterPattern\":\"" + pattern + "\"}"));
  }

  private static String event(long at, String message) {
    return "{\"timestamp\":" + at + ",\"message\":\"" + message + "\"}";
  }

  private static String forward(JsonNode page) {
    return page.path("nextForwardToken").asText();
  }
}
