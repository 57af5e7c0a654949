package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.UpdateRuntimeOn;

/** What a function has beside its versions outlives the process too. */
class KeptFunctionSettingsTest {
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:" + TestAws.ACCOUNT + ":jobs";
  private static final List<String> SHOWN =
      List.of(
          "/2019-09-30/functions/hello/provisioned-concurrency?Qualifier=live",
          "/2021-10-31/functions/hello/url",
          "/2019-09-25/functions/hello/event-invoke-config",
          "/2021-07-20/functions/hello/runtime-management-config",
          "/2015-03-31/event-source-mappings",
          "/2019-09-30/functions/hello/concurrency",
          "/2015-03-31/functions/hello/aliases/live");

  @TempDir private Path folder;

  @Test
  void settingsOfASettledFunctionAreAsTheyWere() {
    List<JsonNode> before;
    try (TestAws aws = started()) {
      set(aws);
      aws.advance(Duration.ofMinutes(3));
      before = shown(aws);
      assertThat(before.get(5).path("ReservedConcurrentExecutions").asInt()).isEqualTo(5);
    }
    try (TestAws aws = started()) {
      assertThat(shown(aws)).isEqualTo(before);
      String uuid = before.get(4).path("EventSourceMappings").get(0).path("UUID").asText();
      assertThat(
              aws.lambda
                  .listTags(
                      r ->
                          r.resource(
                              TestAws.arn("").replace("function:", "event-source-mapping:" + uuid)))
                  .tags())
          .isEqualTo(Map.of("team", "a"));
    }
  }

  @Test
  void aMoveOfAProvisionedAliasThatWasUnderWayIsDone() {
    try (TestAws aws = started()) {
      set(aws);
      aws.advance(Duration.ofMinutes(3));
      aws.release("hello", "code 2");
      aws.lambda.updateAlias(r -> r.functionName("hello").name("live").functionVersion("2"));
      aws.advance(Duration.ofSeconds(2));
      assertThat(shown(aws).getLast().path("RoutingConfig").toString()).contains("\"1\":1.0");
    }
    try (TestAws aws = started()) {
      aws.advance(Duration.ofSeconds(1));
      assertThat(shown(aws).getFirst().path("Status").asText()).isEqualTo("READY");
      assertThat(shown(aws).getLast().has("RoutingConfig")).isFalse();
    }
  }

  private TestAws started() {
    return new TestAws(builder -> builder.dataFile(folder.resolve("aws.zip")));
  }

  private static void set(TestAws aws) {
    aws.create("hello");
    aws.lambda.publishVersion(r -> r.functionName("hello"));
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
    aws.lambda.putProvisionedConcurrencyConfig(
        r -> r.functionName("hello").qualifier("live").provisionedConcurrentExecutions(2));
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(5));
    aws.lambda.createFunctionUrlConfig(
        r ->
            r.functionName("hello")
                .authType(FunctionUrlAuthType.NONE)
                .cors(c -> c.allowOrigins("*").maxAge(60)));
    aws.lambda.putFunctionEventInvokeConfig(
        r ->
            r.functionName("hello")
                .maximumEventAgeInSeconds(60)
                .destinationConfig(d -> d.onFailure(f -> f.destination(QUEUE))));
    aws.lambda.putRuntimeManagementConfig(
        r -> r.functionName("hello").updateRuntimeOn(UpdateRuntimeOn.FUNCTION_UPDATE));
    aws.lambda.createEventSourceMapping(
        r ->
            r.functionName("hello:live")
                .eventSourceArn(QUEUE)
                .enabled(false)
                .tags(Map.of("team", "a")));
  }

  private static List<JsonNode> shown(TestAws aws) {
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
    List<JsonNode> replies = new ArrayList<>();
    SHOWN.forEach(path -> replies.add(raw.json("GET", path, "")));
    return replies;
  }
}
