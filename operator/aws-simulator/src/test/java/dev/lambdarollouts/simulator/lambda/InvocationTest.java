package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import dev.lambdarollouts.simulator.lambda.function.LambdaTimes;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;

class InvocationTest {
  private final TestAws aws =
      new TestAws(
          settings ->
              settings.lambdaTimes(
                  LambdaTimes.DEFAULT.withAliasPropagation(Duration.ofSeconds(1))));

  @BeforeEach
  void twoVersionsBehindAnAlias() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.release("hello", "code 2");
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
    aws.simulator.lambda().answers().answer("hello", Answer.success("\"done\""));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aFunctionIsInvokedByNamePartialArnAndFullArnWithAQualifierInsideOrBeside() {
    for (String name :
        List.of(
            "hello:1",
            "function:hello:1",
            TestAws.ACCOUNT + ":function:hello:1",
            TestAws.arn("hello:1"))) {
      assertThat(aws.lambda.invoke(r -> r.functionName(name)).executedVersion())
          .as(name)
          .isEqualTo("1");
    }
    assertThat(
            aws.lambda
                .invoke(r -> r.functionName(TestAws.arn("hello")).qualifier("2"))
                .executedVersion())
        .isEqualTo("2");
    assertThat(aws.lambda.invoke(r -> r.functionName("hello")).executedVersion())
        .isEqualTo("$LATEST");
  }

  @Test
  void aWeightedAliasSharesItsInvocations() {
    weigh(0.25);
    Map<String, Long> executed = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      executed.merge(invokeLive(), 1L, Long::sum);
    }

    assertThat(executed.get("2")).isBetween(70L, 130L);
    assertThat(executed.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(400);
    assertThat(
            aws.simulator.trafficShare(
                "hello:live", TestAws.START, aws.time.instant().plusSeconds(1)))
        .isEqualTo(executed);
  }

  @Test
  void theSameSeedGivesTheSameTurns() {
    List<List<String>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (TestAws other = new TestAws(settings -> settings.seed(7))) {
        other.create("f");
        other.simulator.lambda().answers().answer("f", Answer.success());
        other.lambda.publishVersion(r -> r.functionName("f"));
        other.release("f", "code 2");
        other.lambda.createAlias(
            r ->
                r.functionName("f")
                    .name("live")
                    .functionVersion("1")
                    .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.5))));
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          turns.add(other.lambda.invoke(r -> r.functionName("f:live")).executedVersion());
        }
        runs.add(turns);
      }
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains("1", "2");
  }

  @Test
  void invocationsFollowAMovedAliasWhenTheChangeHasReachedThem() {
    aws.lambda.updateAlias(r -> r.functionName("hello").name("live").functionVersion("2"));

    assertThat(invokeLive()).isEqualTo("1");
    aws.advance(Duration.ofSeconds(1));
    assertThat(invokeLive()).isEqualTo("2");
  }

  @Test
  void aDryRunChecksAndDoesNotRun() {
    var response =
        aws.lambda.invoke(r -> r.functionName("hello:live").invocationType(InvocationType.DRY_RUN));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(
            aws.simulator.trafficShare(
                "hello:live", TestAws.START, aws.time.instant().plusSeconds(1)))
        .isEmpty();
  }

  @Test
  void anEventIsTakenAtOnceRunsLaterAndIsTriedTwiceMoreWhenItFails() {
    aws.simulator.lambda().answers().answer("hello", Answer.error("app.Broken", "no"));

    var response =
        aws.lambda.invoke(r -> r.functionName("hello:live").invocationType(InvocationType.EVENT));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.payload().asUtf8String()).isEmpty();

    assertThat(runsAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(runsAfter(Duration.ofMinutes(1))).isEqualTo(2);
    assertThat(runsAfter(Duration.ofMinutes(2))).isEqualTo(3);
    assertThat(runsAfter(Duration.ofHours(1))).isEqualTo(3);
  }

  @Test
  void aScriptedErrorIsAFunctionError() {
    aws.simulator.lambda().answers().answer("hello", Answer.error("app.Broken", "no"));

    var response = aws.lambda.invoke(r -> r.functionName("hello"));

    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String())
        .isEqualTo("{\"errorMessage\":\"no\",\"errorType\":\"app.Broken\"}");
  }

  @Test
  void aScriptThatThrowsIsAFunctionThatThrows() {
    aws.simulator
        .lambda()
        .answers()
        .answer(
            "hello",
            run -> {
              throw new IllegalStateException("scripted");
            });

    assertThat(aws.lambda.invoke(r -> r.functionName("hello")).payload().asUtf8String())
        .isEqualTo(
            "{\"errorMessage\":\"scripted\",\"errorType\":\"java.lang.IllegalStateException\"}");
  }

  @Test
  void whatIsNotThereOrNotReadyOrNotJsonIsRefused() {
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("unknown:$LATEST"),
        () -> aws.lambda.invoke(r -> r.functionName("unknown")));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:9"),
        () -> aws.lambda.invoke(r -> r.functionName("hello:9")));
    refused(
        400,
        "InvalidParameterValueException",
        "The derived qualifier from the function name does not match the specified qualifier.",
        () -> aws.lambda.invoke(r -> r.functionName("hello:1").qualifier("2")));
    refused(
        400,
        "InvalidRequestContentException",
        "Could not parse request body into json: Could not parse payload into json: Unrecognized"
            + " token 'nojson': was expecting (JSON String, Number, Array, Object or token 'null',"
            + " 'true' or 'false')\n"
            + " at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled);"
            + " line: 1, column: 7]",
        () ->
            aws.lambda.invoke(
                r -> r.functionName("hello").payload(SdkBytes.fromUtf8String("nojson"))));
    aws.lambda.updateFunctionCode(
        r ->
            r.functionName("hello")
                .publish(true)
                .zipFile(SdkBytes.fromByteArray(Zips.of("index.js", "code 3"))));
    refused(
        409,
        "ResourceConflictException",
        "The operation cannot be performed at this time. The function is currently in the following"
            + " state: Pending",
        () -> aws.lambda.invoke(r -> r.functionName("hello:3")));
  }

  @Test
  void reservedConcurrencyOfZeroThrottles() {
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(0));
    refused(
        429,
        "TooManyRequestsException",
        "Rate Exceeded.",
        () -> aws.lambda.invoke(r -> r.functionName("hello:live")));
  }

  private long runsAfter(Duration wait) {
    aws.advance(wait);
    return aws.simulator
        .trafficShare("hello:live", TestAws.START, aws.time.instant().plusSeconds(1))
        .getOrDefault("1", 0L);
  }

  private void weigh(double weight) {
    aws.lambda.updateAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", weight))));
    aws.advance(Duration.ofSeconds(2));
  }

  private String invokeLive() {
    return aws.lambda.invoke(r -> r.functionName("hello:live")).executedVersion();
  }
}
