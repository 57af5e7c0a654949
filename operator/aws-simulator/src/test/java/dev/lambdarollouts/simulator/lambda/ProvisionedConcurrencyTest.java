package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetProvisionedConcurrencyConfigResponse;
import software.amazon.awssdk.services.lambda.model.ListProvisionedConcurrencyConfigsResponse;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyConfigListItem;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyStatusEnum;

/** Provisioned concurrency on versions and aliases (shared/design/aws.md 1.4). */
class ProvisionedConcurrencyTest {
  private static final Duration ALLOCATED = Duration.ofMinutes(2);
  private static final Duration MOVED = Duration.ofMinutes(7);

  private final TestAws aws = new TestAws();

  @BeforeEach
  void twoVersionsAndAnAlias() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.release("hello", "code 2");
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aRequestIsInProgressUntilItIsReady() {
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
    String path = "/2019-09-30/functions/hello/provisioned-concurrency?Qualifier=1";

    var reply = raw.send("PUT", path, "{\"ProvisionedConcurrentExecutions\":5}");
    assertThat(reply.statusCode()).isEqualTo(202);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"RequestedProvisionedConcurrentExecutions\":5,"
                + "\"AvailableProvisionedConcurrentExecutions\":0,"
                + "\"AllocatedProvisionedConcurrentExecutions\":0,"
                + "\"Status\":\"IN_PROGRESS\",\"LastModified\":\"2026-01-05T10:00:10+0000\"}");

    aws.advance(ALLOCATED);
    JsonNode ready = raw.json("GET", path, "");
    assertThat(ready.path("Status").asText()).isEqualTo("READY");
    assertThat(ready.path("AllocatedProvisionedConcurrentExecutions").asInt()).isEqualTo(5);
    assertThat(ready.path("LastModified").asText()).isEqualTo("2026-01-05T10:00:10+0000");
  }

  @Test
  void aNewRequestTakesThePlaceOfOneThatIsInProgress() {
    provision("1", 5);
    aws.advance(Duration.ofMinutes(1));
    provision("1", 3);
    aws.advance(Duration.ofMinutes(1));
    assertThat(get("1").status()).isEqualTo(ProvisionedConcurrencyStatusEnum.IN_PROGRESS);

    aws.advance(Duration.ofMinutes(1));
    assertThat(get("1").availableProvisionedConcurrentExecutions()).isEqualTo(3);
  }

  @Test
  void whenInitialisationFailsTheStatusSaysSo() {
    aws.simulator
        .lambda()
        .failNextProvisioning(TestAws.arn("hello"), "FUNCTION_ERROR_INIT_FAILURE");
    provision("1", 1);
    aws.advance(ALLOCATED);

    assertThat(get("1").status()).isEqualTo(ProvisionedConcurrencyStatusEnum.FAILED);
    assertThat(get("1").statusReason()).isEqualTo("FUNCTION_ERROR_INIT_FAILURE");
    assertThat(get("1").allocatedProvisionedConcurrentExecutions()).isZero();
  }

  @Test
  void movingTheAliasHoldsTrafficOnTheOldVersionUntilTheNewOneIsAllocated() {
    provision("live", 1);
    aws.advance(ALLOCATED);
    aws.simulator.lambda().answers().answer("hello", Answer.success());

    var reply =
        aws.lambda.updateAlias(r -> r.functionName("hello").name("live").functionVersion("2"));
    assertThat(reply.routingConfig()).isNull();
    assertThat(executed()).isEqualTo("1");
    assertThat(get("live").statusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(get("live").availableProvisionedConcurrentExecutions()).isEqualTo(1);

    aws.advance(Duration.ofSeconds(1));
    GetAliasResponse held = alias();
    assertThat(held.functionVersion()).isEqualTo("2");
    assertThat(held.routingConfig().additionalVersionWeights()).isEqualTo(Map.of("1", 1.0));
    assertThat(held.revisionId()).isNotEqualTo(reply.revisionId());
    assertThat(executed()).isEqualTo("1");
    refused(
        400,
        "InvalidParameterValueException",
        "Alias with weights can not be used with Provisioned Concurrency",
        () -> provision("live", 2));

    aws.advance(MOVED);
    assertThat(alias().routingConfig()).isNull();
    assertThat(alias().revisionId()).isNotEqualTo(held.revisionId());
    assertThat(executed()).isEqualTo("2");
    assertThat(get("live").statusAsString()).isEqualTo("READY");
  }

  @Test
  void whenTheNewVersionFailsTheWeightStaysUntilAUserClearsIt() {
    provision("live", 1);
    aws.advance(ALLOCATED);
    aws.simulator
        .lambda()
        .failNextProvisioning(TestAws.arn("hello"), "FUNCTION_ERROR_INIT_FAILURE");
    aws.lambda.updateAlias(r -> r.functionName("hello").name("live").functionVersion("2"));
    aws.advance(MOVED.plusSeconds(60));

    assertThat(get("live").statusAsString()).isEqualTo("FAILED");
    assertThat(alias().routingConfig().additionalVersionWeights()).isEqualTo(Map.of("1", 1.0));

    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of())));
    aws.advance(MOVED);
    assertThat(alias().routingConfig()).isNull();
    assertThat(get("live").statusAsString()).isEqualTo("READY");
  }

  @Test
  void goingBackToTheVersionThatIsAllocatedNeedsNoWeight() {
    provision("live", 1);
    aws.advance(ALLOCATED);
    aws.lambda.updateAlias(r -> r.functionName("hello").name("live").functionVersion("2"));
    aws.advance(Duration.ofMinutes(1));
    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .functionVersion("1")
                .routingConfig(c -> c.additionalVersionWeights(Map.of())));

    aws.advance(Duration.ofMinutes(1));
    assertThat(alias().functionVersion()).isEqualTo("1");
    assertThat(alias().routingConfig()).isNull();
    aws.advance(MOVED);
    assertThat(alias().routingConfig()).isNull();
    assertThat(get("live").statusAsString()).isEqualTo("READY");
  }

  @Test
  void aUsersOwnWeightsStayTheUsers() {
    provision("live", 1);
    aws.advance(ALLOCATED);
    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.1))));

    assertThat(get("live").statusAsString()).isEqualTo("IN_PROGRESS");
    aws.advance(MOVED);
    assertThat(alias().routingConfig().additionalVersionWeights()).isEqualTo(Map.of("2", 0.1));
    assertThat(get("live").statusAsString()).isEqualTo("READY");
  }

  @Test
  void versionAndAliasDoNotBothHaveIt() {
    provision("1", 1);
    refused(
        409,
        "ResourceConflictException",
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned"
            + " version",
        () -> provision("live", 1));
    delete("1");
    provision("live", 1);
    refused(
        409,
        "ResourceConflictException",
        "Version is pointed by a Provisioned Concurrency alias",
        () -> provision("1", 1));
  }

  @Test
  void theConfigurationGoesWithItsAlias() {
    provision("live", 1);
    aws.lambda.deleteAlias(r -> r.functionName("hello").name("live"));

    refused(
        404,
        "ResourceNotFoundException",
        "Cannot find alias arn: " + TestAws.arn("hello:live"),
        () -> get("live"));
    assertThat(list(null).provisionedConcurrencyConfigs()).isEmpty();
  }

  @Test
  void whatIsNotThereIsToldApart() {
    refused(
        404,
        "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function",
        () -> get("1"));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:10"),
        () -> get("10"));
    refused(
        400,
        "InvalidParameterValueException",
        "The function resource provided must be an alias or a published version.",
        () -> get("$LATEST"));
    refused(
        400,
        "InvalidParameterValueException",
        "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        () -> provision("$LATEST", 1));
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to"
            + " satisfy constraint: Member must have value greater than or equal to 1",
        () -> provision("1", 0));
    assertThat(delete("1")).isEqualTo(204);
    refused(
        404,
        "ResourceNotFoundException",
        "Cannot find alias arn: " + TestAws.arn("hello:none"),
        () -> delete("none"));
  }

  @Test
  void reservedConcurrencyIsTheLimitOfWhatIsProvisioned() {
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(2));
    provision("1", 2);
    String tooMuch =
        "Requested Provisioned Concurrency should not be greater than the"
            + " reservedConcurrentExecution for function";
    provision("1", 2); // What it has is not counted twice.
    refused(400, "InvalidParameterValueException", tooMuch, () -> provision("1", 3));
    refused(400, "InvalidParameterValueException", tooMuch, () -> provision("2", 1));
    refused(
        400,
        "InvalidParameterValueException",
        " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned"
            + " concurrency [2].",
        () ->
            aws.lambda.putFunctionConcurrency(
                r -> r.functionName("hello").reservedConcurrentExecutions(1)));
  }

  @Test
  void theAccountKeepsItsUnreservedMinimum() {
    refused(
        400,
        "InvalidParameterValueException",
        "Specified ConcurrentExecutions for function is greater than account's unreserved"
            + " concurrency [1000].",
        () -> provision("1", 1001));
    refused(
        400,
        "InvalidParameterValueException",
        "Specified ConcurrentExecutions for function decreases account's"
            + " UnreservedConcurrentExecution below its minimum value of [100].",
        () -> provision("1", 901));
    provision("1", 900);
    provision("1", 900);
  }

  @Test
  void theListIsPaged() {
    provision("1", 1);
    provision("2", 2);

    var first = list(null);
    assertThat(first.provisionedConcurrencyConfigs()).hasSize(1);
    var second = list(first.nextMarker());
    assertThat(second.nextMarker()).isNull();
    assertThat(
            List.of(
                first.provisionedConcurrencyConfigs().getFirst(),
                second.provisionedConcurrencyConfigs().getFirst()))
        .extracting(ProvisionedConcurrencyConfigListItem::functionArn)
        .containsExactly(TestAws.arn("hello:1"), TestAws.arn("hello:2"));
  }

  private ListProvisionedConcurrencyConfigsResponse list(@Nullable String marker) {
    return aws.lambda.listProvisionedConcurrencyConfigs(
        r -> r.functionName("hello").maxItems(1).marker(marker));
  }

  private void provision(String qualifier, int executions) {
    aws.lambda.putProvisionedConcurrencyConfig(
        r ->
            r.functionName("hello")
                .qualifier(qualifier)
                .provisionedConcurrentExecutions(executions));
  }

  private GetProvisionedConcurrencyConfigResponse get(String qualifier) {
    return aws.lambda.getProvisionedConcurrencyConfig(
        r -> r.functionName("hello").qualifier(qualifier));
  }

  private int delete(String qualifier) {
    return aws.lambda
        .deleteProvisionedConcurrencyConfig(r -> r.functionName("hello").qualifier(qualifier))
        .sdkHttpResponse()
        .statusCode();
  }

  private GetAliasResponse alias() {
    return aws.lambda.getAlias(r -> r.functionName("hello").name("live"));
  }

  private String executed() {
    return aws.lambda.invoke(r -> r.functionName("hello:live")).executedVersion();
  }
}
