package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.TestControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionRequest;

/**
 * Durable executions as ListDurableExecutionsByFunction shows them; a test begins and ends them.
 */
class DurableExecutionTest {
  @TempDir Path folder;

  private final TestAws aws = new TestAws();
  private final DurableExecutions executions = aws.simulator.lambda().durableExecutions();

  @BeforeEach
  void function() {
    aws.create(
        "orders",
        request -> request.durableConfig(c -> c.executionTimeout(3600).retentionPeriodInDays(7)));
    aws.lambda.publishVersion(r -> r.functionName("orders"));
    aws.release("orders", "code 2");
    aws.create("hello");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private List<Execution> listed(
      Consumer<ListDurableExecutionsByFunctionRequest.Builder> settings) {
    return aws.lambda
        .listDurableExecutionsByFunction(
            r -> {
              r.functionName("orders");
              settings.accept(r);
            })
        .durableExecutions();
  }

  @Test
  void aVersionTellsWhetherItIsDurable() {
    assertThat(
            aws.lambda
                .getFunctionConfiguration(r -> r.functionName("orders").qualifier("1"))
                .durableConfig()
                .retentionPeriodInDays())
        .isEqualTo(7);
    assertThat(
            aws.lambda.listVersionsByFunction(r -> r.functionName("orders")).versions().getLast())
        .satisfies(
            version -> assertThat(version.durableConfig().executionTimeout()).isEqualTo(3600));
    assertThat(aws.lambda.getFunctionConfiguration(r -> r.functionName("hello")).durableConfig())
        .isNull();
  }

  @Test
  void anExecutionRunsOnItsVersionUntilItIsEnded() {
    assertThat(listed(r -> {})).isEmpty();
    String arn = executions.start("orders:1", "order-7");
    aws.advance(Duration.ofHours(1));

    assertThat(listed(r -> r.qualifier("1").statuses(ExecutionStatus.RUNNING)))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.durableExecutionArn()).isEqualTo(arn);
              assertThat(arn).startsWith(TestAws.arn("orders:1/durable-execution/order-7/"));
              assertThat(one.durableExecutionName()).isEqualTo("order-7");
              assertThat(one.functionArn()).isEqualTo(TestAws.arn("orders:1"));
              assertThat(one.startTimestamp())
                  .isEqualTo(aws.time.instant().minus(Duration.ofHours(1)));
              assertThat(one.endTimestamp()).isNull();
            });
    assertThat(listed(r -> r.qualifier("2"))).isEmpty();
    assertThat(listed(r -> {})).as("without a qualifier all versions").hasSize(1);

    executions.end(arn);

    assertThat(listed(r -> r.statuses(ExecutionStatus.RUNNING))).isEmpty();
    assertThat(listed(r -> r.statuses(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED)))
        .singleElement()
        .satisfies(one -> assertThat(one.endTimestamp()).isEqualTo(aws.time.instant()));
  }

  @Test
  void executionsAreListedNewestFirstInPagesAndByNameAndTime() {
    for (String name : List.of("a", "b", "c")) {
      executions.start("orders:2", name);
      aws.advance(Duration.ofMinutes(1));
    }
    assertThat(listed(r -> {}))
        .extracting(Execution::durableExecutionName)
        .containsExactly("c", "b", "a");
    assertThat(listed(r -> r.reverseOrder(true)))
        .extracting(Execution::durableExecutionName)
        .as("chronological")
        .containsExactly("a", "b", "c");
    assertThat(listed(r -> r.durableExecutionName("b"))).hasSize(1);
    assertThat(listed(r -> r.startedBefore(aws.time.instant().minus(Duration.ofSeconds(150)))))
        .extracting(Execution::durableExecutionName)
        .containsExactly("a");
    var page =
        aws.lambda.listDurableExecutionsByFunction(r -> r.functionName("orders").maxItems(2));
    assertThat(page.durableExecutions()).hasSize(2);
    assertThat(listed(r -> r.marker(page.nextMarker())))
        .extracting(Execution::durableExecutionName)
        .containsExactly("a");
  }

  @Test
  void whatIsNotThereIsRefusedInAwsWords() {
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("orders:9"),
        () -> listed(r -> r.qualifier("9")));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("none"),
        () -> aws.lambda.listDurableExecutionsByFunction(r -> r.functionName("none")));
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
    assertThat(
            raw.json("GET", "/2025-12-01/functions/orders/durable-executions?Statuses=DONE", "")
                .path("message")
                .asText())
        .contains("'statuses' failed to satisfy constraint");
  }

  @Test
  void onlyAVersionWithDurableConfigRunsThem() {
    assertThatThrownBy(() -> executions.start("hello:$LATEST", null))
        .hasMessage("The version has no DurableConfig");
    assertThatThrownBy(() -> executions.start("orders:9", null))
        .hasMessage("There is no such version");
    assertThatThrownBy(() -> executions.start("orders:live", null))
        .hasMessage("function must be name:version or a version's ARN, but is 'orders:live'");
  }

  @Test
  void theControlApiBeginsAndEndsThem() {
    TestControl control = new TestControl(aws);
    String begun =
        control
            .post("durable-executions", "{\"function\":\"orders:1\",\"name\":\"order-7\"}", 201)
            .path("durableExecutionArn")
            .asText();
    assertThat(listed(r -> {})).extracting(Execution::durableExecutionArn).containsExactly(begun);
    assertThat(control.get("durable-executions").path("durableExecutions")).hasSize(1);

    assertThat(control.send("DELETE", "durable-executions/1", "").statusCode()).isEqualTo(200);

    assertThat(listed(r -> r.statuses(ExecutionStatus.RUNNING))).isEmpty();
    assertThat(control.get("durable-executions").path("durableExecutions")).isEmpty();
  }

  @Test
  void theyStandInADataFile() {
    Path file = folder.resolve("state");
    try (TestAws first = new TestAws(builder -> builder.dataFile(file))) {
      first.create("orders", r -> r.durableConfig(c -> c.executionTimeout(60)));
      first.simulator.lambda().durableExecutions().start("orders:$LATEST", "kept");
    }
    try (TestAws second = new TestAws(builder -> builder.dataFile(file))) {
      assertThat(
              second
                  .lambda
                  .listDurableExecutionsByFunction(r -> r.functionName("orders"))
                  .durableExecutions())
          .extracting(Execution::durableExecutionName, Execution::statusAsString)
          .containsExactly(tuple("kept", "RUNNING"));
    }
  }
}
