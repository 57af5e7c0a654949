package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.StateReasonCode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;

/** Versions, as recorded from Lambda (shared/design/aws.md 1.1). */
class PublishVersionTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void function() {
    aws.create("hello");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aVersionOfASettledFunctionIsActiveAtOnceAndChangesLatestsRevision() {
    String before = latest().revisionId();

    PublishVersionResponse published = publish("first");

    assertThat(published.version()).isEqualTo("1");
    assertThat(published.description()).isEqualTo("first");
    assertThat(published.state()).isEqualTo(State.ACTIVE);
    assertThat(published.lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
    assertThat(published.functionArn()).isEqualTo(TestAws.arn("hello:1"));
    assertThat(published.sdkHttpResponse().statusCode()).isEqualTo(201);
    assertThat(latest().revisionId()).isNotEqualTo(before);
  }

  @Test
  void publishingWithoutAChangeGivesTheLastVersionWithItsOldDescription() {
    PublishVersionResponse first = publish("first");
    String revision = latest().revisionId();

    PublishVersionResponse again = publish("second");

    assertThat(again.version()).isEqualTo("1");
    assertThat(again.description()).isEqualTo("first");
    assertThat(again.revisionId()).isEqualTo(first.revisionId());
    assertThat(again.sdkHttpResponse().statusCode()).isEqualTo(201);
    assertThat(latest().revisionId()).isEqualTo(revision);
  }

  @Test
  void aChangeOfConfigurationIsEnoughForANewVersion() {
    publish("first");
    aws.lambda.updateFunctionConfiguration(
        request -> request.functionName("hello").memorySize(256));
    aws.settle();

    assertThat(publish("second").version()).isEqualTo("2");
  }

  @Test
  void goingBackToTheCodeOfAnOlderVersionPublishesANewOne() {
    publish("first");
    aws.release("hello", "code 2");

    assertThat(aws.release("hello", "code 1").version()).isEqualTo("3");
  }

  @Test
  void versionNumbersGoOnAfterDeletingAndRecreatingTheFunction() {
    publish("first");
    aws.lambda.deleteFunction(request -> request.functionName("hello"));
    aws.create("hello");

    assertThat(publish("again").version()).isEqualTo("2");
  }

  @Test
  void anotherCodeSha256IsRefused() {
    String actual = latest().codeSha256();
    refused(
        400,
        "InvalidParameterValueException",
        "CodeSHA256 (other) is different from current CodeSHA256 in $LATEST ("
            + actual
            + "). Please try again with the CodeSHA256 in $LATEST.",
        () ->
            aws.lambda.publishVersion(
                request -> request.functionName("hello").codeSha256("other")));
    assertThat(
            aws.lambda
                .publishVersion(request -> request.functionName("hello").codeSha256(actual))
                .version())
        .isEqualTo("1");
  }

  @Test
  void anotherRevisionIsRefused() {
    refused(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id",
        () ->
            aws.lambda.publishVersion(
                request -> request.functionName("hello").revisionId("other")));
  }

  @Test
  void publishingDuringAnUpdateIsRefused() {
    update("code 2", false);
    refused(
        409,
        "ResourceConflictException",
        "The operation cannot be performed at this time. An update is in progress for resource: "
            + TestAws.arn("hello"),
        () -> publish("too early"));
  }

  @Test
  void publishingAFunctionThatIsStillPendingIsRefused() {
    aws.lambda.createFunction(
        request ->
            request
                .functionName("new")
                .runtime("java25")
                .handler("a.B")
                .role(TestAws.ROLE)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(Zips.of("a", "1")))));
    refused(
        409,
        "ResourceConflictException",
        "The operation cannot be performed at this time. The function is currently in the following"
            + " state: Pending",
        () -> aws.lambda.publishVersion(request -> request.functionName("new")));
  }

  @Test
  void publishingAFunctionThatIsNotThereIsNotFound() {
    refused(
        404,
        "ResourceNotFoundException",
        "Function not found: " + TestAws.arn("unknown"),
        () -> aws.lambda.publishVersion(request -> request.functionName("unknown")));
  }

  @Test
  void anUpdateThatPublishesGivesAPendingVersionWhileLatestIsInProgress() {
    UpdateFunctionCodeResponse updated = update("code 2", true);

    assertThat(updated.version()).isEqualTo("1");
    assertThat(updated.functionArn()).isEqualTo(TestAws.arn("hello:1"));
    assertThat(updated.state()).isEqualTo(State.PENDING);
    assertThat(updated.stateReasonCode()).isEqualTo(StateReasonCode.CREATING);
    assertThat(latest().state()).isEqualTo(State.ACTIVE);
    assertThat(latest().lastUpdateStatus()).isEqualTo(LastUpdateStatus.IN_PROGRESS);

    aws.settle();
    assertThat(version("1").state()).isEqualTo(State.ACTIVE);
    assertThat(version("1").lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
  }

  @Test
  void listsGiveLatestFirstAndFiftyPerPageWhateverIsAsked() {
    for (int i = 0; i < 55; i++) {
      aws.release("hello", "code " + (i + 2));
    }

    ListVersionsByFunctionResponse first =
        aws.lambda.listVersionsByFunction(request -> request.functionName("hello").maxItems(1000));
    ListVersionsByFunctionResponse second =
        aws.lambda.listVersionsByFunction(
            request -> request.functionName("hello").marker(first.nextMarker()));

    assertThat(first.versions()).hasSize(50);
    assertThat(first.versions().getFirst().version()).isEqualTo("$LATEST");
    assertThat(first.versions().getFirst().functionArn()).isEqualTo(TestAws.arn("hello:$LATEST"));
    assertThat(second.versions()).hasSize(6);
    assertThat(second.nextMarker()).isNull();
    assertThat(second.versions().getLast().version()).isEqualTo("55");
    List<State> states =
        first.versions().stream().map(FunctionConfiguration::state).distinct().toList();
    assertThat(states).as("lists do not tell states").containsExactly((State) null);
  }

  private UpdateFunctionCodeResponse update(String code, boolean publish) {
    return aws.lambda.updateFunctionCode(
        request ->
            request
                .functionName("hello")
                .publish(publish)
                .zipFile(SdkBytes.fromByteArray(Zips.of("index.js", code))));
  }

  private PublishVersionResponse publish(String description) {
    return aws.lambda.publishVersion(
        request -> request.functionName("hello").description(description));
  }

  private FunctionConfiguration latest() {
    return version("$LATEST");
  }

  private FunctionConfiguration version(String qualifier) {
    return aws.lambda
        .getFunction(request -> request.functionName("hello").qualifier(qualifier))
        .configuration();
  }
}
