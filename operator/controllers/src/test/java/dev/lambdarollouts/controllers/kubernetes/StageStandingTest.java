package dev.lambdarollouts.controllers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelAws;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether a stage can be used, by what AWS says. */
class StageStandingTest {
  private static final Caller TOLD = new Caller(ModelAws.ACCOUNT, "arn:before");

  private final ModelWorld world = new ModelWorld();
  private final ModelAws aws = world.aws();

  private LambdaStage stage(String more) {
    world.cluster().apply(Manifests.stage("prod", more));
    return Objects.requireNonNull(
        world.cluster().stored(LambdaStage.class, new ObjectKey("shop", "prod")));
  }

  private void callerFails(AwsFailure.Kind kind) {
    aws.interfere(
        new Interference() {
          @Override
          public @Nullable AwsFailure before(String call) {
            return call.equals("GetCallerIdentity")
                ? new AwsFailure(kind, call, "not authorized to perform: sts:AssumeRole")
                : null;
          }
        });
  }

  @Test
  void whereAwsTakesTheCallsItCanBeUsed() {
    StageStanding standing = StageStanding.of(stage(""), aws, null);

    assertThat(standing.problem()).isNull();
    assertThat(standing.caller().accountId()).isEqualTo(ModelAws.ACCOUNT);
  }

  @Test
  void whoMayNotEvenAskIsRefusedAndToldWhatToDo() {
    callerFails(AwsFailure.Kind.DENIED);
    StageStanding standing =
        StageStanding.of(
            stage("credentials: {assumeRole: {roleArn: \"arn:aws:iam::111122223333:role/r\"}}"),
            aws,
            TOLD);

    assertThat(standing.problem().reason()).isEqualTo("CallsRefused");
    assertThat(standing.problem().message())
        .contains("not authorized to perform: sts:AssumeRole", "arn:aws:iam::111122223333:role/r")
        .contains("spec.credentials.assumeRole");
    assertThat(standing.caller()).as("who it was is still a fact").isEqualTo(TOLD);
  }

  @Test
  void anStsThatDoesNotAnswerRefusesNothing() {
    callerFails(AwsFailure.Kind.UNAVAILABLE);

    assertThat(StageStanding.of(stage(""), aws, TOLD).problem().reason())
        .isEqualTo("CallerUnknown");
  }

  @Test
  void credentialsThatAwsTookBeforeAndRefusesNowMakeItUnusable() {
    assertThat(StageStanding.of(stage(""), aws, null).problem()).isNull();
    aws.takesNoCall(new AwsFailure(AwsFailure.Kind.DENIED, "GetAlias", "the token is expired"));

    StageStanding standing = StageStanding.of(stage(""), aws, TOLD);

    assertThat(standing.problem().reason()).isEqualTo("CallsRefused");
    assertThat(standing.problem().message())
        .contains("GetAlias: the token is expired", "credentials of this account");
  }

  @Test
  void anotherAccountsCredentialsAreCalledThat() {
    aws.credentialsOf("999988887777");

    assertThat(StageStanding.of(stage(""), aws, null).problem().reason()).isEqualTo("WrongAccount");
  }
}
