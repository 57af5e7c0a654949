package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;

/** Deletes, permissions, tags and what there is none of (shared/design/aws.md 1.5). */
class DeleteAndShareTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void twoVersions() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.release("hello", "code 2");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aVersionThatAnAliasNamesCannotBeDeletedNeitherAsMainNorAsWeighted() {
    aws.lambda.createAlias(
        r ->
            r.functionName("hello")
                .name("live")
                .functionVersion("1")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.1))));
    for (String version : new String[] {"1", "2"}) {
      refused(
          409,
          "ResourceConflictException",
          "Unable to delete version because the following aliases reference it: [live]",
          () -> aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier(version)));
    }
    aws.lambda.deleteAlias(r -> r.functionName("hello").name("live"));
    aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier("1"));
    assertThat(aws.lambda.listVersionsByFunction(r -> r.functionName("hello")).versions())
        .hasSize(2);
  }

  @Test
  void latestAndAliasesAreNotDeletedThroughDeleteFunction() {
    refused(
        400,
        "InvalidParameterValueException",
        "$LATEST version cannot be deleted without deleting the function.",
        () -> aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier("$LATEST")));
    refused(
        400,
        "InvalidParameterValueException",
        "Deletion of aliases is not currently supported.",
        () -> aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier("live")));
  }

  @Test
  void deletingAVersionThatIsNotThereSucceedsOfAFunctionThatIs() {
    aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier("77"));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("unknown"),
        () -> aws.lambda.deleteFunction(r -> r.functionName("unknown").qualifier("77")));
  }

  @Test
  void deletingTheFunctionTakesEverythingWithIt() {
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
    assertThat(
            aws.lambda.deleteFunction(r -> r.functionName("hello")).sdkHttpResponse().statusCode())
        .isEqualTo(204);
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:1"),
        () -> aws.lambda.getFunction(r -> r.functionName("hello").qualifier("1")));
  }

  @Test
  void aPermissionOnAnAliasIsItsOwn() {
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
    var added =
        aws.lambda.addPermission(
            r ->
                r.functionName("hello")
                    .qualifier("live")
                    .statementId("s3")
                    .action("lambda:InvokeFunction")
                    .principal("s3.amazonaws.com")
                    .sourceArn("arn:aws:s3:::bucket"));
    GetPolicyResponse policy = aws.lambda.getPolicy(r -> r.functionName("hello").qualifier("live"));

    assertThat(added.statement())
        .isEqualTo(
            "{\"Sid\":\"s3\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + TestAws.arn("hello:live")
                + "\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::bucket\"}}}");
    assertThat(policy.policy())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":["
                + added.statement()
                + "]}");
    assertThat(policy.revisionId())
        .isEqualTo(aws.lambda.getAlias(r -> r.functionName("hello").name("live")).revisionId());
    refused(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
        () -> aws.lambda.getPolicy(r -> r.functionName("hello")));
  }

  @Test
  void permissionsAreCheckedAsRecorded() {
    allow("s3", null);
    refused(
        409,
        "ResourceConflictException",
        "The statement id (s3) provided already exists. Please provide a new statement id, or"
            + " remove the existing statement.",
        () -> allow("s3", null));
    refused(
        400,
        "InvalidParameterValueException",
        "We currently do not support adding policies for $LATEST.",
        () ->
            aws.lambda.addPermission(
                r ->
                    r.functionName("hello")
                        .qualifier("$LATEST")
                        .statementId("x")
                        .action("lambda:InvokeFunction")
                        .principal("s3.amazonaws.com")));
    refused(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to"
            + " retrieve the latest Revision Id",
        () -> allow("other", "stale"));
    refused(
        404,
        "ResourceNotFoundException",
        "Statement none is not found in resource policy.",
        () -> aws.lambda.removePermission(r -> r.functionName("hello").statementId("none")));
    aws.lambda.removePermission(r -> r.functionName("hello").statementId("s3"));
    refused(
        404,
        "ResourceNotFoundException",
        "No policy is associated with the given resource.",
        () -> aws.lambda.removePermission(r -> r.functionName("hello").statementId("s3")));
    refused(
        404,
        "ResourceNotFoundException",
        "No policy found for: " + TestAws.arn("unknown"),
        () -> aws.lambda.removePermission(r -> r.functionName("unknown").statementId("s3")));
    refused(
        404,
        "ResourceNotFoundException",
        "Cannot find alias arn: " + TestAws.arn("hello:none"),
        () ->
            aws.lambda.removePermission(
                r -> r.functionName("hello").qualifier("none").statementId("s3")));
  }

  @Test
  void onlyFunctionsHaveTags() {
    aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello")).tags(Map.of("a", "1", "b", "2")));
    aws.lambda.untagResource(r -> r.resource(TestAws.arn("hello")).tagKeys("a"));

    assertThat(aws.lambda.listTags(r -> r.resource(TestAws.arn("hello"))).tags())
        .containsExactly(Map.entry("b", "2"));
    refused(
        400,
        "InvalidParameterValueException",
        "Tags on function aliases and versions are not supported. Please specify a function ARN.",
        () ->
            aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello:1")).tags(Map.of("a", "1"))));
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 51; i++) {
      many.put("k" + i, "v");
    }
    refused(
        400,
        "InvalidParameterValueException",
        "Number of tags exceeds resource tag limit.",
        () -> aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello")).tags(many)));
  }

  @Test
  void reservedConcurrencyIsAFunctionsOnly() {
    refused(
        400,
        "InvalidParameterValueException",
        "This operation is permitted on Lambda functions only. Aliases and versions do not support"
            + " this operation. Please specify either a function name or an unqualified function"
            + " ARN.",
        () ->
            aws.lambda.putFunctionConcurrency(
                r -> r.functionName(TestAws.arn("hello:1")).reservedConcurrentExecutions(1)));
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(3));
    assertThat(
            aws.lambda
                .getFunctionConcurrency(r -> r.functionName("hello"))
                .reservedConcurrentExecutions())
        .isEqualTo(3);
    aws.lambda.deleteFunctionConcurrency(r -> r.functionName("hello"));
    assertThat(
            aws.lambda
                .getFunctionConcurrency(r -> r.functionName("hello"))
                .reservedConcurrentExecutions())
        .isNull();
  }

  @Test
  void whatThereIsNoneOfIsAnsweredAsAwsDoes() {
    assertThat(
            aws.lambda.listEventSourceMappings(r -> r.functionName("hello")).eventSourceMappings())
        .isEmpty();
    assertThat(aws.lambda.listFunctionUrlConfigs(r -> r.functionName("hello")).functionUrlConfigs())
        .isEmpty();
    refused(
        404,
        "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function",
        () ->
            aws.lambda.getProvisionedConcurrencyConfig(
                r -> r.functionName("hello").qualifier("1")));
    refused(
        404,
        "ResourceNotFoundException",
        "The function " + TestAws.arn("hello:$LATEST") + " doesn't have an EventInvokeConfig",
        () -> aws.lambda.getFunctionEventInvokeConfig(r -> r.functionName("hello")));
    assertThat(
            aws.lambda
                .getFunctionCodeSigningConfig(r -> r.functionName("hello"))
                .codeSigningConfigArn())
        .isNull();
  }

  @Test
  void aPolicyIsOfItsQualifierAloneAndChangesThatRevisionAlone() {
    String latest = aws.lambda.getFunctionConfiguration(r -> r.functionName("hello")).revisionId();
    aws.lambda.addPermission(
        r ->
            r.functionName("hello:1")
                .statementId("one")
                .action("lambda:InvokeFunction")
                .principal("sns.amazonaws.com"));
    GetPolicyResponse policy = aws.lambda.getPolicy(r -> r.functionName("hello").qualifier("1"));

    assertThat(policy.policy()).contains("\"Resource\":\"" + TestAws.arn("hello:1") + "\"");
    assertThat(policy.revisionId())
        .isEqualTo(
            aws.lambda.getFunctionConfiguration(r -> r.functionName("hello:1")).revisionId());
    assertThat(aws.lambda.getFunctionConfiguration(r -> r.functionName("hello")).revisionId())
        .isEqualTo(latest);
    refused(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
        () -> aws.lambda.getPolicy(r -> r.functionName("hello").qualifier("2")));
  }

  private void allow(String statement, @Nullable String revision) {
    aws.lambda.addPermission(
        r ->
            r.functionName("hello")
                .statementId(statement)
                .action("lambda:InvokeFunction")
                .principal("s3.amazonaws.com")
                .revisionId(revision));
  }
}
