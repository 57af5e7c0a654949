package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;

class FunctionLifecycleTest {
  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aNewFunctionIsPendingForAWhileAndThenActive() {
    CreateFunctionResponse created =
        aws.lambda.createFunction(
            request ->
                request
                    .functionName("hello")
                    .runtime(Runtime.JAVA25)
                    .handler("a.B")
                    .role(TestAws.ROLE)
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(Zips.of("a", "1")))));

    assertThat(created.state()).isEqualTo(State.PENDING);
    assertThat(created.stateReason()).isEqualTo("The function is being created.");
    assertThat(created.lastUpdateStatus()).isNull();
    assertThat(created.version()).isEqualTo("$LATEST");

    aws.advance(Duration.ofSeconds(3));
    FunctionConfiguration active =
        aws.lambda.getFunction(request -> request.functionName("hello")).configuration();
    assertThat(active.state()).isEqualTo(State.ACTIVE);
    assertThat(active.lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
    assertThat(active.revisionId()).isNotEqualTo(created.revisionId());
  }

  @Test
  void anUpdateIsInProgressForAWhileAndChangesTheRevisionTwice() {
    aws.create("hello");
    String before = revision();

    UpdateFunctionCodeResponse updated =
        aws.lambda.updateFunctionCode(
            request ->
                request.functionName("hello").zipFile(SdkBytes.fromByteArray(Zips.of("a", "2"))));

    assertThat(updated.lastUpdateStatus()).isEqualTo(LastUpdateStatus.IN_PROGRESS);
    assertThat(updated.state()).isEqualTo(State.ACTIVE);
    assertThat(updated.revisionId()).isNotEqualTo(before);
    aws.settle();
    assertThat(revision()).isNotEqualTo(updated.revisionId());
  }

  private String revision() {
    return aws.lambda
        .getFunctionConfiguration(request -> request.functionName("hello"))
        .revisionId();
  }
}
