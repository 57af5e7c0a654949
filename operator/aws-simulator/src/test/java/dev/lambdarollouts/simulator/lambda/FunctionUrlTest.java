package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.FunctionUrlConfig;
import software.amazon.awssdk.services.lambda.model.ListFunctionUrlConfigsResponse;

/** Function URLs, as recorded from Lambda. */
class FunctionUrlTest {
  private static final String PATH = "/2021-10-31/functions/hello/url";
  private static final String NO_VERSION =
      "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: Member"
          + " must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)";

  private final TestAws aws = new TestAws();
  private final RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");

  @BeforeEach
  void aliasedVersion() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void eachReplyHasTheMembersThatAwsGives() {
    JsonNode created =
        raw.json("POST", PATH, "{\"AuthType\":\"NONE\",\"Cors\":{\"AllowOrigins\":[\"*\"]}}");
    assertThat(members(created))
        .containsExactlyInAnyOrder(
            "AuthType", "CreationTime", "FunctionArn", "FunctionUrl", "Cors");
    assertThat(created.path("FunctionUrl").asText())
        .matches("https://[a-z0-9]{32}\\.lambda-url\\.eu-west-1\\.on\\.aws/");
    assertThat(created.path("Cors").toString()).isEqualTo("{\"AllowOrigins\":[\"*\"]}");

    aws.advance(Duration.ofMinutes(1));
    JsonNode updated = raw.json("PUT", PATH, "{\"AuthType\":\"AWS_IAM\"}");
    assertThat(updated.path("FunctionUrl")).isEqualTo(created.path("FunctionUrl"));

    JsonNode got = raw.json("GET", PATH, "");
    assertThat(members(got))
        .containsExactlyInAnyOrder(
            "AuthType",
            "CreationTime",
            "FunctionArn",
            "FunctionUrl",
            "Cors",
            "InvokeMode",
            "LastModifiedTime");
    assertThat(got.path("AuthType").asText()).isEqualTo("AWS_IAM");
    assertThat(got.path("InvokeMode").asText()).isEqualTo("BUFFERED");
    assertThat(got.path("CreationTime").asText()).isEqualTo("2026-01-05T10:00:05.000000Z");
    assertThat(got.path("LastModifiedTime").asText()).isEqualTo("2026-01-05T10:01:05.000000Z");
  }

  @Test
  void functionAndAliasHaveUrlsOfTheirOwn() {
    create(null);
    create("live");
    refused(
        409,
        "ResourceConflictException",
        "Failed to create function url config for [functionArn = "
            + TestAws.arn("hello")
            + "]. Error message:  FunctionUrlConfig exists for this Lambda function",
        () -> create(null));

    assertThat(list(null).functionUrlConfigs())
        .extracting(FunctionUrlConfig::functionArn)
        .containsExactly(TestAws.arn("hello"));
    assertThat(list(list(null).nextMarker()).functionUrlConfigs())
        .extracting(FunctionUrlConfig::functionArn)
        .containsExactly(TestAws.arn("hello:live"));

    aws.lambda.deleteFunctionUrlConfig(r -> r.functionName("hello"));
    refused(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
        () -> aws.lambda.getFunctionUrlConfig(r -> r.functionName("hello")));
    assertThat(
            aws.lambda
                .getFunctionUrlConfig(r -> r.functionName(TestAws.arn("hello:live")))
                .functionArn())
        .isEqualTo(TestAws.arn("hello:live"));
  }

  @Test
  void aVersionHasNone() {
    refused(400, "ValidationException", NO_VERSION, () -> create("1"));
    refused(404, "ResourceNotFoundException", "Function does not exist", () -> create("none"));
    refused(
        404,
        "ResourceNotFoundException",
        "Function does not exist",
        () -> aws.lambda.listFunctionUrlConfigs(r -> r.functionName("unknown")));
    refused(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
        () ->
            aws.lambda.updateFunctionUrlConfig(
                r -> r.functionName("hello").authType(FunctionUrlAuthType.NONE)));
  }

  private void create(@Nullable String qualifier) {
    aws.lambda.createFunctionUrlConfig(
        r -> r.functionName("hello").qualifier(qualifier).authType(FunctionUrlAuthType.NONE));
  }

  private ListFunctionUrlConfigsResponse list(@Nullable String marker) {
    return aws.lambda.listFunctionUrlConfigs(
        r -> r.functionName("hello").maxItems(1).marker(marker));
  }

  private static List<String> members(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
