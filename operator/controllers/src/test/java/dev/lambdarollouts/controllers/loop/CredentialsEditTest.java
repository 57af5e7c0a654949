package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage's {@code credentials} edited while something is under way: AWS by another door. */
class CredentialsEditTest {
  private static final String ROLE = "roleArn: \"arn:aws:iam::111122223333:role/%s\"";

  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void untilTenPercent() {
    credentials("{assumeRole: {" + ROLE.formatted("deploy") + "}}");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  private void credentials(String edited) {
    world.cluster().apply(Manifests.stage("prod", "credentials: " + edited));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{assumeRole: {roleArn: \"arn:aws:iam::111122223333:role/other\"}}",
        "{assumeRole: {roleArn: \"arn:aws:iam::111122223333:role/deploy\", externalId: other}}",
        "{assumeRole: {roleArn: \"arn:aws:iam::111122223333:role/deploy\", sessionDuration: 2h}}",
        "{secretRef: {name: aws-other}}",
      })
  void theAlarmIsWatchedThroughTheNewOnesAndStillRollsBack(String edited) {
    world
        .cluster()
        .secret("aws-other", Map.of("aws_access_key_id", "AKIA1", "aws_secret_access_key", "x"));
    untilTenPercent();
    credentials(edited);
    world.advance(Duration.ofSeconds(10));
    world.aws().forgetCalls();

    world.advance(Duration.ofMinutes(1));
    assertThat(world.aws().polls()).as("nobody polls with the old ones").isEqualTo(12);
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.aws().alarms().watchers()).isEmpty();
  }

  @Test
  void anAlarmThatFiredBetweenTheTwoIsNotMissed() {
    untilTenPercent();
    credentials("{assumeRole: {" + ROLE.formatted("other") + "}}");

    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.advance(Duration.ofSeconds(5));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void wrongOnesStopTheCanaryAndNeitherItsAlarmsNorItsRollback() {
    untilTenPercent();
    world.aws().refusesRole("wrong");
    credentials("{assumeRole: {" + ROLE.formatted("wrong") + "}}");
    world.advance(Duration.ofMinutes(20));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.status().message())
        .contains("spec.credentials", "may not be assumed", "those of before");

    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(10));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void wrongOnesThatAreMendedLetTheCanaryGoOn() {
    untilTenPercent();
    world.aws().refusesRole("wrong");
    credentials("{assumeRole: {" + ROLE.formatted("wrong") + "}}");
    world.advance(Duration.ofMinutes(10));
    credentials("{assumeRole: {" + ROLE.formatted("other") + "}}");

    world.advance(Duration.ofMinutes(30));

    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void theCanaryGoesOnWithTheNewOnes() {
    untilTenPercent();
    credentials("{assumeRole: {" + ROLE.formatted("other") + "}}");

    world.advance(Duration.ofMinutes(30));

    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void newOnesAreAskedAtOnceThoughTheOldOnesWereRefused() {
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String now) {
                return now.equals("GetCallerIdentity")
                    ? new AwsFailure(AwsFailure.Kind.DENIED, now, "made to fail")
                    : null;
              }
            });
    world.restart();
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));
    world.aws().interfere(Interference.NONE);

    credentials("{assumeRole: {" + ROLE.formatted("deploy") + "}}");
    world.settle();

    assertThat(world.aws().callsOfRollouts()).contains("UpdateFunctionCode");
  }
}
