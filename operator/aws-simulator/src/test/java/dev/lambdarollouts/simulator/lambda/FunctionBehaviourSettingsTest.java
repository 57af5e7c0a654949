package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.UpdateRuntimeOn;

/** Settings beside a function's configuration: asynchronous invocation, runtime updates. */
class FunctionBehaviourSettingsTest {
  private static final String EVENTS = "/2019-09-25/functions/hello/event-invoke-config";
  private static final String RUNTIME =
      "arn:aws:lambda:eu-west-1::runtime:8eeff65f6809a3ce81507fe733fe09b835899b99481ba22fd75b5a7338290ec1";

  private final TestAws aws = new TestAws();
  private final RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");

  @BeforeEach
  void aVersion() {
    aws.create("hello");
    aws.create("other");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void putSetsAnewAndUpdateKeepsWhatItLeavesOut() {
    JsonNode put = raw.json("PUT", EVENTS, "{\"MaximumEventAgeInSeconds\":60}");
    assertThat(put.path("DestinationConfig").toString())
        .isEqualTo("{\"OnSuccess\":{},\"OnFailure\":{}}");
    assertThat(put.path("FunctionArn").asText()).isEqualTo(TestAws.arn("hello:$LATEST"));
    assertThat(put.has("MaximumRetryAttempts")).isFalse();

    JsonNode updated = raw.json("POST", EVENTS, "{\"MaximumRetryAttempts\":1}");
    assertThat(updated.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
    assertThat(updated.path("MaximumRetryAttempts").asInt()).isEqualTo(1);

    JsonNode again = raw.json("PUT", EVENTS, "{\"MaximumRetryAttempts\":0}");
    assertThat(again.has("MaximumEventAgeInSeconds")).isFalse();
  }

  @Test
  void eventInvokeConfigsAreByQualifierAndListed() {
    aws.lambda.putFunctionEventInvokeConfig(r -> r.functionName("hello").maximumRetryAttempts(0));
    aws.lambda.putFunctionEventInvokeConfig(r -> r.functionName("hello:1").maximumRetryAttempts(1));

    assertThat(
            aws
                .lambda
                .listFunctionEventInvokeConfigsPaginator(r -> r.functionName("hello").maxItems(1))
                .stream()
                .flatMap(page -> page.functionEventInvokeConfigs().stream())
                .map(config -> config.functionArn() + "=" + config.maximumRetryAttempts()))
        .containsExactly(TestAws.arn("hello:$LATEST=0"), TestAws.arn("hello:1=1"));
    aws.lambda.deleteFunctionEventInvokeConfig(r -> r.functionName("hello").qualifier("1"));
    refused(
        404,
        "ResourceNotFoundException",
        "The function " + TestAws.arn("hello:1") + " doesn't have an EventInvokeConfig",
        () -> aws.lambda.getFunctionEventInvokeConfig(r -> r.functionName("hello:1")));
  }

  @Test
  void anEventInvokeConfigNeedsSomethingAndAUsableDestination() {
    refused(
        400,
        "InvalidParameterValueException",
        "You must specify at least one of error handling or destination setting.",
        () -> aws.lambda.putFunctionEventInvokeConfig(r -> r.functionName("hello")));
    refused(
        400,
        "InvalidParameterValueException",
        "You can't specify the function as a destination for itself.",
        () -> destination(TestAws.arn("hello")));
    refused(
        400,
        "InvalidParameterValueException",
        "The destination ARN " + TestAws.arn("unknown") + " is invalid.",
        () -> destination(TestAws.arn("unknown")));
    String role = "arn:aws:iam:eu-west-1:" + TestAws.ACCOUNT + ":function:hello";
    refused(
        400,
        "InvalidParameterValueException",
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination="
            + role
            + "), onFailure=null) is invalid.",
        () -> destination(role));
    destination(TestAws.arn("other"));
    refused(
        404,
        "ResourceNotFoundException",
        "The function doesn't exist.",
        () ->
            aws.lambda.putFunctionEventInvokeConfig(
                r -> r.functionName("unknown").maximumRetryAttempts(1)));
  }

  @Test
  void aRuntimeIsUpdatedByItselfUnlessItIsPinned() {
    assertThat(
            aws.lambda.getRuntimeManagementConfig(r -> r.functionName("hello")).updateRuntimeOn())
        .isEqualTo(UpdateRuntimeOn.AUTO);

    var pinned =
        aws.lambda.putRuntimeManagementConfig(
            r ->
                r.functionName("hello")
                    .updateRuntimeOn(UpdateRuntimeOn.MANUAL)
                    .runtimeVersionArn(RUNTIME));

    assertThat(pinned.functionArn()).isEqualTo(TestAws.arn("hello"));
    assertThat(
            aws.lambda
                .getFunctionConfiguration(r -> r.functionName("hello"))
                .runtimeVersionConfig()
                .runtimeVersionArn())
        .isEqualTo(RUNTIME);
    assertThat(
            aws.lambda
                .getRuntimeManagementConfig(r -> r.functionName("hello").qualifier("1"))
                .updateRuntimeOn())
        .isEqualTo(UpdateRuntimeOn.AUTO);
  }

  private void destination(String arn) {
    aws.lambda.putFunctionEventInvokeConfig(
        r -> r.functionName("hello").destinationConfig(d -> d.onSuccess(s -> s.destination(arn))));
  }
}
