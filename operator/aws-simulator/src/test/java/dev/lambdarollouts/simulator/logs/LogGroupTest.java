package dev.lambdarollouts.simulator.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log groups and their subscription filters, on the wire. */
class LogGroupTest {
  private static final long NOW = TestAws.START.toEpochMilli();

  private static final String ONE = "{\"logGroupName\":\"g\",\"logStreamName\":\"one\"}";

  private final TestAws aws = new TestAws();
  private final TestLogs logs = new TestLogs(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void groupsAreMadeShownAndDeleted() {
    assertThat(
            logs.send("CreateLogGroup", "{\"logGroupName\":\"/app/shop\",\"tags\":{\"a\":\"b\"}}")
                .body())
        .as("no members and no body")
        .isEmpty();
    logs.refused(
        "CreateLogGroup",
        "{\"logGroupName\":\"/app/shop\"}",
        "ResourceAlreadyExistsException",
        "The specified log group already exists");

    assertThat(logs.call("DescribeLogGroups", "{}").path("logGroups").path(0))
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
            logs.call(
                    "ListTagsForResource",
                    "{\"resourceArn\":\"arn:aws:logs:eu-west-1:111111111111:log-group:/app/shop\"}")
                .path("tags")
                .path("a")
                .asText())
        .isEqualTo("b");
    logs.call("DeleteLogGroup", "{\"logGroupName\":\"/app/shop\"}");
    logs.refused(
        "DeleteLogGroup",
        "{\"logGroupName\":\"/app/shop\"}",
        "ResourceNotFoundException",
        "The specified log group does not exist.");
  }

  @Test
  void groupsAreListedByPrefixByPatternAndInPages() {
    for (int i = 0; i < 60; i++) {
      logs.call("CreateLogGroup", "{\"logGroupName\":\"/app/%d\"}".formatted(i));
    }
    JsonNode first = logs.call("DescribeLogGroups", "{\"logGroupNamePrefix\":\"/app\"}");
    assertThat(first.path("logGroups")).hasSize(50);
    assertThat(
            logs.call(
                    "DescribeLogGroups",
                    "{\"logGroupNamePrefix\":\"/app\",\"nextToken\":\""
                        + first.path("nextToken").asText()
                        + "\"}")
                .path("logGroups"))
        .hasSize(10);
    assertThat(logs.call("DescribeLogGroups", "{\"logGroupNamePattern\":\"/5\"}").path("logGroups"))
        .hasSize(11);
    logs.refused(
        "DescribeLogGroups",
        "{\"limit\":51}",
        "ValidationException",
        "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 50");
  }

  @Test
  void aStreamIsDeletedWithItsEventsAndTheOthersStay() {
    stream("one");
    stream("two");
    String event =
        "{\"logGroupName\":\"g\",\"logStreamName\":\"one\",\"logEvents\":[{\"timestamp\":%d,\"message\":\"m\"}]}"
            .formatted(NOW);
    logs.call("PutLogEvents", event);

    assertThat(logs.send("DeleteLogStream", ONE).body()).as("no members and no body").isEmpty();

    assertThat(
            logs.call("DescribeLogStreams", "{\"logGroupName\":\"g\"}")
                .path("logStreams")
                .findValuesAsText("logStreamName"))
        .containsExactly("two");
    for (String operation : List.of("GetLogEvents", "DeleteLogStream")) {
      logs.refused(
          operation, ONE, "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    logs.call("CreateLogStream", ONE);
    assertThat(logs.call("GetLogEvents", ONE).path("events")).as("it begins anew").isEmpty();
    logs.refused(
        "DeleteLogStream",
        ONE.replace("\"g\"", "\"none\""),
        "ResourceNotFoundException",
        "The specified log group does not exist.");
  }

  @Test
  void aGroupHasTwoSubscriptionFiltersAtMost() {
    stream("s");
    for (String name : List.of("one", "two")) {
      logs.call("PutSubscriptionFilter", subscription(name));
    }
    logs.refused(
        "PutSubscriptionFilter",
        subscription("three"),
        "LimitExceededException",
        "Resource limit exceeded.");
    logs.call("PutSubscriptionFilter", subscription("two"));
    JsonNode filters =
        logs.call("DescribeSubscriptionFilters", "{\"logGroupName\":\"g\"}")
            .path("subscriptionFilters");
    assertThat(filters).hasSize(2);
    assertThat(filters.path(0).path("distribution").asText()).isEqualTo("ByLogStream");
    logs.call("DeleteSubscriptionFilter", "{\"logGroupName\":\"g\",\"filterName\":\"one\"}");
    logs.refused(
        "DeleteSubscriptionFilter",
        "{\"logGroupName\":\"g\",\"filterName\":\"one\"}",
        "ResourceNotFoundException",
        "The specified subscription filter does not exist.");
  }

  @Test
  void anUnknownOperationIsNamed() {
    logs.refused(
        "StartQuery",
        "{}",
        "UnknownOperationException",
        "aws-simulator does not have the CloudWatch Logs operation 'StartQuery'");
  }

  private static String subscription(String name) {
    return "{\"logGroupName\":\"g\",\"filterName\":\""
        + name
        + "\",\"filterPattern\":\"\",\"destinationArn\":"
        + "\"arn:aws:lambda:eu-west-1:111111111111:function:f\"}";
  }

  private void stream(String name) {
    logs.send("CreateLogGroup", "{\"logGroupName\":\"g\"}");
    logs.call("CreateLogStream", "{\"logGroupName\":\"g\",\"logStreamName\":\"" + name + "\"}");
  }
}
