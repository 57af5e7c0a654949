package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;

/**
 * The AWS calls of {@code docs/living-beside.md}, as they stand there: what a person sees before a
 * function is handed over.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LivingBesideTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-central-1:444444444444:function:hello";
  private static final String QUEUE = "arn:aws:sqs:eu-central-1:444444444444:orders";

  private final TestAws aws = new TestAws();
  private final LambdaClient lambda = aws.lambda("444444444444", "eu-central-1");

  @BeforeEach
  void halfWayThroughADeployment() throws Exception {
    Boto3.install();
    lambda.createFunction(
        r ->
            r.functionName("hello")
                .runtime("nodejs22.x")
                .handler("index.handler")
                .role("arn:aws:iam::444444444444:role/hello")
                .publish(true)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(Zips.of("index.js", "code 1")))));
    aws.settle();
    lambda.updateFunctionCode(
        r ->
            r.functionName("hello").zipFile(SdkBytes.fromByteArray(Zips.of("index.js", "code 2"))));
    aws.settle();
    lambda.publishVersion(r -> r.functionName("hello"));
    aws.settle();
    lambda.createAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .functionVersion("1")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.1))));
    mapping("hello:live");
  }

  @AfterEach
  void stop() {
    lambda.close();
    aws.close();
  }

  private void mapping(String function) {
    lambda.createEventSourceMapping(
        r -> r.functionName(function).eventSourceArn(QUEUE + function.replace(':', '-')));
    aws.settle();
  }

  private List<String> commands() throws Exception {
    Process process =
        Boto3.python(
            "beside.py", aws.simulator.endpoint().toString(), "../../docs/living-beside.md");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void afterTheWeightsAreClearedEachLookShowsWhatThePageSays() throws Exception {
    assertThat(commands())
        .containsExactly(
            "update-alias {\"FunctionVersion\": \"1\", \"Name\": \"live\"}",
            "get-alias {\"FunctionVersion\": \"1\", \"Name\": \"live\"}",
            "list-aliases {\"Aliases\": []}",
            "list-event-source-mappings {\"EventSourceMappings\": []}",
            "get-policy ResourceNotFoundException",
            "get-function-url-config ResourceNotFoundException",
            "get-provisioned-concurrency-config ProvisionedConcurrencyConfigNotFoundException");
  }

  @Test
  void whatStillReachesTheFunctionItselfIsSeen() throws Exception {
    lambda.createAlias(r -> r.functionName("hello").name("old").functionVersion("$LATEST"));
    lambda.addPermission(
        r ->
            r.functionName("hello")
                .statementId("s3")
                .action("lambda:InvokeFunction")
                .principal("s3.amazonaws.com"));
    lambda.createFunctionUrlConfig(
        r -> r.functionName("hello").authType(FunctionUrlAuthType.AWS_IAM));
    mapping("hello");

    List<String> said = commands();

    assertThat(said.get(2))
        .isEqualTo(
            "list-aliases {\"Aliases\": [{\"FunctionVersion\": \"$LATEST\", \"Name\": \"old\"}]}");
    assertThat(said.get(3))
        .isEqualTo(
            "list-event-source-mappings {\"EventSourceMappings\": [{\"FunctionArn\": \""
                + FUNCTION
                + "\"}]}");
    assertThat(said.subList(4, 6))
        .containsExactly(
            "get-policy {}", "get-function-url-config {\"FunctionArn\": \"" + FUNCTION + "\"}");
  }
}
