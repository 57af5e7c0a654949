package dev.lambdarollouts.simulator.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.Handlers;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.protocol.Json;
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

/** What Lambda writes to CloudWatch Logs of invocations. */
class InvocationLogTest {
  private final TestAws aws = new TestAws();
  private final TestLogs logs = new TestLogs(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void invocationsAreLoggedWhenTheyHaveEnded() {
    aws.create("hello");
    aws.simulator
        .lambda()
        .answers()
        .answer("hello", run -> Answer.success().taking(Duration.ofSeconds(2)));
    String id = aws.lambda.invoke(r -> r.functionName("hello")).responseMetadata().requestId();
    assertThat(logs.call("DescribeLogGroups", "{}").path("logGroups")).isEmpty();
    aws.advance(Duration.ofSeconds(2));

    JsonNode events = logs.call("FilterLogEvents", "{\"logGroupName\":\"/aws/lambda/hello\"}");
    List<String> messages = TestLogs.messages(events);
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

    assertThat(
            TestLogs.messages(
                logs.call("FilterLogEvents", "{\"logGroupName\":\"/aws/lambda/hello\"}")))
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
    TestLogs.messages(logs.call("FilterLogEvents", "{\"logGroupName\":\"/shared\"}"))
        .forEach(text -> events.add(Json.read(text.getBytes(StandardCharsets.UTF_8))));
    assertThat(events).hasSize(4);
    assertThat(events.get(0).path("type").asText()).isEqualTo("platform.start");
    assertThat(events.get(0).path("record").path("version").asText()).isEqualTo("$LATEST");
    assertThat(events.get(1).path("message").asText()).isEqualTo("one");
    assertThat(events.get(3).path("type").asText()).isEqualTo("platform.report");
    assertThat(events.get(3).path("record").path("status").asText()).isEqualTo("success");
    assertThat(
            TestLogs.messages(
                logs.call(
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
}
