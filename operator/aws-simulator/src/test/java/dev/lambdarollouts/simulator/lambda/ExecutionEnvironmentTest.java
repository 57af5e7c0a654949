package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.Handlers;
import dev.lambdarollouts.simulator.TestAws;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** What a Java handler finds around it: variables, log, classes, time and AWS. */
class ExecutionEnvironmentTest {
  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void environmentVariablesReachTheCodeInEveryWayItMayAskForThem() {
    function(
        """
        {
          public Map<String, String> handleRequest(Map<String, String> input) {
            java.util.function.Function<String, String> reference = System::getenv;
            return Map.of(
                "direct", System.getenv("STAGE"),
                "map", System.getenv().get("STAGE"),
                "reference", reference.apply("STAGE"),
                "region", System.getenv("AWS_REGION"),
                "absent", String.valueOf(System.getenv("PATH")));
          }
        }
        """,
        "app.Handler",
        Map.of("STAGE", "test"));

    assertThat(invoke("{}").payload().asUtf8String())
        .contains("\"direct\":\"test\"")
        .contains("\"map\":\"test\"")
        .contains("\"reference\":\"test\"")
        .contains("\"region\":\"eu-west-1\"")
        .contains("\"absent\":\"null\"");
  }

  @Test
  void versionsHaveClassesStateAndVariablesOfTheirOwn() {
    String code =
        """
        {
          static int calls;
          public String handleRequest(Map<String, Object> input) {
            return System.getenv("STAGE") + " " + ++calls;
          }
        }
        """;
    function(code, "app.Handler", Map.of("STAGE", "one"));
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.lambda.updateFunctionConfiguration(
        request ->
            request.functionName("hello").environment(e -> e.variables(Map.of("STAGE", "two"))));
    aws.settle();

    assertThat(payload("1")).isEqualTo("\"one 1\"");
    assertThat(payload("1")).isEqualTo("\"one 2\"");
    assertThat(payload("$LATEST")).isEqualTo("\"two 1\"");
  }

  @Test
  void duringAnUpdateInvocationsRunWhatWasThereBefore() {
    function("{ public String handleRequest(String input) { return \"old\"; } }", "app.Handler");
    assertThat(payload("$LATEST")).isEqualTo("\"old\"");
    aws.lambda.updateFunctionCode(
        request ->
            request
                .functionName("hello")
                .zipFile(
                    SdkBytes.fromByteArray(
                        Handlers.zip(
                            "{ public String handleRequest(String input) { return \"new\"; } }"))));

    assertThat(payload("$LATEST")).isEqualTo("\"old\"");
    aws.settle();
    assertThat(payload("$LATEST")).isEqualTo("\"new\"");
  }

  @Test
  void whatTheCodePrintsAndLogsIsInTheLogTail() {
    function(
        """
        {
          public String handleRequest(Map<String, Object> input, Context context) {
            System.out.println("printed");
            System.err.println("complained");
            context.getLogger().log("logged\\n");
            return "";
          }
        }
        """,
        "app.Handler");

    InvokeResponse response =
        aws.lambda.invoke(request -> request.functionName("hello").logType(LogType.TAIL));
    String log =
        new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);

    assertThat(log)
        .matches(
            "(?s)START RequestId: (\\S+) Version: \\$LATEST\n"
                + "printed\n"
                + "complained\n"
                + "logged\n"
                + "END RequestId: \\1\n"
                + "REPORT RequestId: \\1\tDuration: [0-9.]+ ms\tBilled Duration: \\d+ ms\tMemory"
                + " Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [0-9.]+ ms\t\n");
    assertThat(response.logResult().length()).isLessThan(5500);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aHandlerMayCallAwsWithItsOwnCredentialsAlsoWhenTrafficRunsIt() {
    function(
        """
        {
          public String handleRequest(Map<String, Object> input) throws Exception {
            var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(System.getenv("AWS_ENDPOINT_URL")))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + System.getenv("AWS_ACCESS_KEY_ID")
                    + "/20260105/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=none")
                .header("X-Amz-Security-Token", System.getenv("AWS_SESSION_TOKEN"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity"))
                .build();
            try (var http = java.net.http.HttpClient.newHttpClient()) {
              String xml = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
              return xml.replaceAll("(?s).*<Arn>(.*)</Arn>.*", "$1");
            }
          }
        }
        """,
        "app.Handler");

    assertThat(invoke("{}").payload().asUtf8String())
        .isEqualTo("\"arn:aws:sts::" + TestAws.ACCOUNT + ":assumed-role/lambda-execution/hello\"");
    Traffic.Load load = aws.simulator.traffic().start("hello", 1);
    aws.advance(Duration.ofSeconds(5));
    assertThat(load.succeeded()).isEqualTo(6);
  }

  @Test
  void theCodeSeesNothingOfTheSimulatorsOwnClasses() {
    function(
        """
        {
          public String handleRequest(Map<String, Object> input) throws Exception {
            try {
              Class.forName("com.fasterxml.jackson.databind.ObjectMapper");
              return "seen";
            } catch (ClassNotFoundException e) {
              return "hidden";
            }
          }
        }
        """,
        "app.Handler");

    assertThat(invoke("{}").payload().asUtf8String()).isEqualTo("\"hidden\"");
  }

  private void function(String classBody, String handler) {
    function(classBody, handler, Map.of());
  }

  private void function(String classBody, String handler, Map<String, String> variables) {
    aws.create(
        "hello",
        request ->
            request
                .runtime("java25")
                .handler(handler)
                .timeout(30)
                .environment(e -> e.variables(variables))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(Handlers.zip(classBody)))));
  }

  private InvokeResponse invoke(String payload) {
    return aws.lambda.invoke(
        request -> request.functionName("hello").payload(SdkBytes.fromUtf8String(payload)));
  }

  private String payload(String qualifier) {
    return payload(qualifier, "null");
  }

  private String payload(String qualifier, String payload) {
    return aws.lambda
        .invoke(
            request ->
                request
                    .functionName("hello")
                    .qualifier(qualifier)
                    .payload(SdkBytes.fromUtf8String(payload)))
        .payload()
        .asUtf8String();
  }
}
