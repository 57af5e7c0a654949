package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

/** What Lambda refuses of aliases, in its words as recorded (shared/design/aws.md 1.3). */
class AliasRefusalTest {
  private static final String REVISION_MISMATCH =
      "The Revision Id provided does not match the latest Revision Id. Call the"
          + " GetFunction/GetAlias API to retrieve the latest Revision Id";

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
  void aStaleRevisionIsRefusedAndChangesNothing() {
    CreateAliasResponse created = create("live", "1", Map.of());
    update(request -> request.description("somebody else"));

    refused(
        412,
        "PreconditionFailedException",
        REVISION_MISMATCH,
        () -> update(request -> request.functionVersion("2").revisionId(created.revisionId())));
    assertThat(alias("live").functionVersion()).isEqualTo("1");
  }

  @Test
  void moreThanOneAdditionalVersionIsRefused() {
    aws.release("hello", "code 3");
    refused(
        400,
        "InvalidParameterValueException",
        "Number of items in AdditionalVersionWeights cannot be greater than 1",
        () -> create("live", "1", Map.of("2", 0.1, "3", 0.1)));
  }

  @Test
  void theSameVersionOnBothSidesIsRefused() {
    refused(
        400,
        "InvalidParameterValueException",
        "Invalid function version 1. Function version 1 is already included in routing"
            + " configuration.",
        () -> create("live", "1", Map.of("1", 0.5)));
  }

  @Test
  void movingOntoTheWeightedVersionWithoutClearingIsRefusedSinceWeightsStay() {
    create("live", "1", Map.of("2", 0.5));
    refused(
        400,
        "InvalidParameterValueException",
        "Invalid function version 2. Function version 2 is already included in routing"
            + " configuration.",
        () -> update(request -> request.functionVersion("2")));
  }

  @Test
  void latestWithWeightsIsRefused() {
    refused(
        400,
        "InvalidParameterValueException",
        "$LATEST is not supported for an alias pointing to more than 1 version",
        () -> create("live", "$LATEST", Map.of("1", 0.5)));
  }

  @Test
  void latestAsAdditionalVersionIsAValidationError() {
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value '{$LATEST=0.5}' at"
            + " 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys"
            + " must satisfy constraint: [Member must have length less than or equal to 1024,"
            + " Member must have length greater than or equal to 1, Member must satisfy regular"
            + " expression pattern: [0-9]+]",
        () -> create("live", "1", Map.of("$LATEST", 0.5)));
  }

  @Test
  void weightsOutOfRangeAreAValidationError() {
    String constraint =
        " at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must"
            + " satisfy constraint: [Member must have value less than or equal to 1.0, Member must"
            + " have value greater than or equal to 0.0, Member must not be null]";
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value '{2=2.0}'" + constraint,
        () -> create("live", "1", Map.of("2", 2.0)));
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value '{2=-1.0}'" + constraint,
        () -> create("live", "1", Map.of("2", -1.0)));
  }

  @Test
  void versionsOfDifferentRolesAreRefused() {
    aws.lambda.updateFunctionConfiguration(
        request -> request.functionName("hello").role(TestAws.ROLE + "-other"));
    aws.settle();
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    refused(
        400,
        "InvalidParameterValueException",
        "Specified versions must be associated with the same execution role",
        () -> create("live", "1", Map.of("3", 0.5)));
  }

  @Test
  void versionsOfDifferentDeadLetterQueuesAreRefused() {
    aws.lambda.updateFunctionConfiguration(
        request ->
            request
                .functionName("hello")
                .deadLetterConfig(
                    queue -> queue.targetArn("arn:aws:sqs:eu-west-1:111111111111:dead")));
    aws.settle();
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    refused(
        400,
        "InvalidParameterValueException",
        "Specified versions must be associated with the same dead letter queue",
        () -> create("live", "1", Map.of("3", 0.5)));
    assertThat(create("live", "3", Map.of()).functionVersion()).isEqualTo("3");
  }

  @Test
  void versionsThatAreNotThereAreNotFound() {
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:10"),
        () -> create("live", "10", Map.of()));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:10"),
        () -> create("live", "1", Map.of("10", 0.5)));
  }

  @Test
  void anAliasOfAFunctionThatIsNotThereIsNotFoundByVersion() {
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("unknown:1"),
        () ->
            aws.lambda.createAlias(
                r -> r.functionName("unknown").name("live").functionVersion("1")));
  }

  @Test
  void anAliasThatExistsCannotBeCreatedAgain() {
    create("live", "1", Map.of());
    refused(
        409,
        "ResourceConflictException",
        "Alias already exists: " + TestAws.arn("hello:live"),
        () -> create("live", "2", Map.of()));
  }

  @Test
  void aMissingAliasIsSaidInEachOperationsOwnWords() {
    refused(
        404,
        "ResourceNotFoundException",
        "Alias not found: " + TestAws.arn("hello:live"),
        () -> update(request -> request.functionVersion("2")));
    refused(
        404,
        "ResourceNotFoundException",
        "Cannot find alias arn: " + TestAws.arn("hello:live"),
        () -> alias("live"));
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("hello:live"),
        () -> aws.lambda.getFunction(request -> request.functionName("hello").qualifier("live")));
  }

  @Test
  void anAliasMayNotBeANumberButMayBeginWithOne() {
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member"
            + " must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
        () -> create("2024", "1", Map.of()));
    assertThat(create("2024-01-02", "1", Map.of()).name()).isEqualTo("2024-01-02");
  }

  @Test
  void aFunctionOfAnotherRegionIsNotReachable() {
    refused(
        404,
        "ResourceNotFoundException",
        "Functions from 'us-west-2' are not reachable in this region ('eu-west-1')",
        () ->
            aws.lambda.getAlias(
                request ->
                    request
                        .functionName(
                            "arn:aws:lambda:us-west-2:" + TestAws.ACCOUNT + ":function:hello")
                        .name("live")));
  }

  private CreateAliasResponse create(String name, String version, Map<String, Double> weights) {
    return aws.lambda.createAlias(
        request ->
            request
                .functionName("hello")
                .name(name)
                .functionVersion(version)
                .routingConfig(routing -> routing.additionalVersionWeights(weights)));
  }

  private UpdateAliasResponse update(Consumer<UpdateAliasRequest.Builder> change) {
    return aws.lambda.updateAlias(
        request -> change.accept(request.functionName("hello").name("live")));
  }

  private GetAliasResponse alias(String name) {
    return aws.lambda.getAlias(request -> request.functionName("hello").name(name));
  }
}
