package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelAlarms;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What AWS refuses is told to somebody who can mend it, once. */
class RefusalsTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void fails(AwsFailure.Kind kind, String... calls) {
    Set<String> failing = Set.of(calls);
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String now) {
                return failing.contains(now) ? new AwsFailure(kind, now, "made to fail") : null;
              }
            });
  }

  private void untilTenPercent() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  private List<String> refusals() {
    return world.cluster().notices().stream()
        .filter(notice -> notice.reason().equals("RefusedByAws"))
        .filter(Notice::warning)
        .map(Notice::message)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "UpdateFunctionCode, DENIED",
    "UpdateFunctionCode, INVALID",
    "GetFunction, DENIED",
    "ListVersionsByFunction, DENIED"
  })
  void aRefusalIsToldOnceHoweverOftenItIsTriedAndWhoeverTries(String call, AwsFailure.Kind kind) {
    fails(kind, call);
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));
    world.restart();
    world.advance(Duration.ofMinutes(5));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.DEPLOYING);
    assertThat(refusals()).containsExactly("prod: " + call + ": made to fail");
  }

  @ParameterizedTest
  @EnumSource(
      value = AwsFailure.Kind.class,
      names = {"THROTTLED", "UNAVAILABLE"})
  void whatMayGoByItselfIsNoRefusal(AwsFailure.Kind kind) {
    fails(kind, "UpdateFunctionCode");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));

    assertThat(refusals()).isEmpty();
  }

  @Test
  void credentialsThatAreRefusedAreOneRefusal() {
    fails(AwsFailure.Kind.DENIED, "GetCallerIdentity");
    world.restart();
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));

    assertThat(refusals()).containsExactly("prod: GetCallerIdentity: made to fail");
  }

  @Test
  void anotherAccountsCredentialsAreToldAsAnInvalidSpecOnly() {
    world.aws().credentialsOf("999988887777");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));

    assertThat(world.cluster().notices())
        .filteredOn(Notice::warning)
        .extracting(Notice::reason)
        .containsExactly("InvalidSpec");
  }

  @Test
  void theFirstPollThatIsRefusedIsToldAtOnceAndNotAgainUntilItIsMended() {
    untilTenPercent();
    String well = world.status().message();
    world.cluster().forgetWrites();
    fails(AwsFailure.Kind.DENIED, "DescribeAlarms");
    world.advance(ModelAlarms.POLLS);

    String said = "the last poll of the alarms failed (DescribeAlarms: made to fail)";
    assertThat(world.status().message()).isEqualTo(well + "; " + said);
    assertThat(refusals()).containsExactly("prod: DescribeAlarms: made to fail");

    world.advance(Duration.ofSeconds(40));
    assertThat(world.cluster().writes()).containsExactly("PatchStatus", "CreateEvent");

    world.aws().interfere(Interference.NONE);
    world.advance(ModelAlarms.POLLS);
    assertThat(world.status().message()).isEqualTo(well);
  }

  @Test
  void onePollThatFailsOtherwiseIsNotWorthAWordAndTheSecondIs() {
    untilTenPercent();
    world.cluster().forgetWrites();
    fails(AwsFailure.Kind.UNAVAILABLE, "DescribeAlarms");
    world.advance(ModelAlarms.POLLS);
    assertThat(world.cluster().writes()).isEmpty();

    world.advance(ModelAlarms.POLLS);
    assertThat(world.status().message()).contains("the last poll of the alarms failed");
    assertThat(refusals()).isEmpty();
  }

  @Test
  void readsThatGoBackWaitForNoReadThatFailedBefore() {
    untilTenPercent();
    fails(AwsFailure.Kind.DENIED, "GetAlias");
    world.restart();
    world.advance(Duration.ofMinutes(7));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofMinutes(2));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLING_BACK);

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void whatIsRefusedOfALookBesideTheReleaseOrBeforeAnAdoptionIsToldToo() {
    fails(AwsFailure.Kind.DENIED, "GetProvisionedConcurrencyConfig");
    world
        .cluster()
        .apply(
            Manifests.functionWith(
                "hello-1.zip", "runtimeManagementConfig: {updateRuntimeOn: FunctionUpdate}"));
    world.advance(Duration.ofMinutes(5));
    assertThat(refusals()).singleElement().asString().contains("GetProvisionedConcurrencyConfig");
  }
}
