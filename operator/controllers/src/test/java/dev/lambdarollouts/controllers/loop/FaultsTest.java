package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  /** Fails a kind of call for as long as it stands. */
  private static Interference failing(String call, AwsFailure.Kind kind) {
    return new Interference() {
      @Override
      public @Nullable AwsFailure before(String now) {
        return now.equals(call) ? new AwsFailure(kind, call, "made to fail") : null;
      }
    };
  }

  /** Loses the reply to the first call of a kind. */
  private static Interference losingReplyTo(String call) {
    return new Interference() {
      private boolean lost;

      @Override
      public @Nullable AwsFailure after(String now) {
        if (lost || !now.equals(call)) {
          return null;
        }
        lost = true;
        return new AwsFailure(AwsFailure.Kind.UNAVAILABLE, call, "connection reset");
      }
    };
  }

  private void release() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
  }

  private void untilTenPercent() {
    release();
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateFunctionCode", "PublishVersion", "UpdateAlias"})
  void aLostReplyChangesNothingOfTheStory(String call) {
    world.aws().interfere(losingReplyTo(call));
    release();

    world.advance(Duration.ofMinutes(31));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1", "2");
    assertThat(world.aws().aliases().moves())
        .containsExactly(
            "hello-prod:live on version 1",
            "hello-prod:live on version 1 and 10% on version 2",
            "hello-prod:live on version 1 and 50% on version 2",
            "hello-prod:live on version 2");
  }

  @Test
  void aDeployThatIsDeniedIsTriedAgainAndItsWordsAreTold() {
    world.aws().interfere(failing("UpdateFunctionCode", AwsFailure.Kind.DENIED));
    release();
    world.advance(Duration.ofMinutes(5));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.DEPLOYING);
    assertThat(world.status().message())
        .endsWith("the last try failed: UpdateFunctionCode: made to fail");
    assertThat(world.aws().calls()).filteredOn("UpdateFunctionCode"::equals).hasSizeBetween(8, 12);

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofMinutes(2));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  @Test
  void aRollbackThatIsRefusedIsToldAsBlockedAndTriedForEver() {
    untilTenPercent();
    world.aws().interfere(failing("UpdateAlias", AwsFailure.Kind.DENIED));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofMinutes(10));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLING_BACK);
    assertThat(world.status().conditions())
        .anySatisfy(
            condition -> {
              assertThat(condition.type()).isEqualTo("Stalled");
              assertThat(condition.reason()).isEqualTo("RollbackBlocked");
            });

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void anAlarmRollsBackThoughTheAliasCannotBeReadForAWhile() {
    untilTenPercent();
    world.aws().interfere(failing("UpdateAlias", AwsFailure.Kind.UNAVAILABLE));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(30));
    assertThat(world.aws().aliases().target("hello-prod", "live"))
        .isNotEqualTo(AliasTarget.only(new VersionNumber("1")));

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));

    assertThat(world.aws().aliases().target("hello-prod", "live"))
        .isEqualTo(AliasTarget.only(new VersionNumber("1")));
  }

  @Test
  void anAlarmOfAGapCountsHoweverLongItsHistoryIsRefused() {
    untilTenPercent();
    world.aws().interfere(failing("DescribeAlarms", AwsFailure.Kind.UNAVAILABLE));
    world.advance(Duration.ofSeconds(20));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(20));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.advance(Duration.ofSeconds(50));
    world.aws().interfere(failing("DescribeAlarmHistory", AwsFailure.Kind.THROTTLED));
    world.advance(Duration.ofMinutes(2));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(65));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aStepThatFailedBeforeHidesNoRetryOfTheRollback() {
    untilTenPercent();
    world.aws().interfere(failing("UpdateAlias", AwsFailure.Kind.THROTTLED));
    world.advance(Duration.ofMinutes(5));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(30));

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));

    assertThat(world.aws().aliases().target("hello-prod", "live"))
        .isEqualTo(AliasTarget.only(new VersionNumber("1")));
  }

  @Test
  void aMoveBetweenReadAndStepIsSeenAndNotOverwritten() {
    untilTenPercent();
    AliasTarget foreign =
        AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(1));
    world.aws().aliases().move("hello-prod", "live", foreign);

    world.advance(Duration.ofMinutes(6));

    assertThat(world.aws().aliases().target("hello-prod", "live")).isEqualTo(foreign);
    assertThat(world.pause("prod")).isEqualTo("Drift");
  }

  @Test
  void alarmsThatCannotBePolledHoldTheWeightAndThenItGoesOn() {
    untilTenPercent();
    world.aws().interfere(failing("DescribeAlarms", AwsFailure.Kind.UNAVAILABLE));
    world.advance(Duration.ofMinutes(20));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").weight()).isEqualTo("50%");
  }

  @Test
  void anAlarmThatFiredAndRecoveredWhileNobodyWatchedStillRollsBack() {
    untilTenPercent();
    world.sleep(Duration.ofHours(1));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.sleep(Duration.ofHours(1));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.sleep(Duration.ofHours(1));

    world.restart();
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.aws().calls()).contains("DescribeAlarmHistory");
  }

  @Test
  void afterADowntimeTheNextStepIsDueAtOnceAndTheOneAfterItAFullPauseLater() {
    untilTenPercent();
    world.sleep(Duration.ofHours(3));

    world.restart();
    world.advance(Duration.ofSeconds(6));
    assertThat(world.stage("prod").weight()).isEqualTo("50%");
    world.advance(Duration.ofMinutes(4));
    assertThat(world.stage("prod").weight()).isEqualTo("50%");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("100%");
  }

  @Test
  void aStatusThatSomebodyElseWroteMeanwhileIsReadAndDecidedOnAgain() {
    untilTenPercent();
    world.cluster().touchBeforeNextWrite();
    world.advance(Duration.ofMinutes(30));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().aliases().moves()).hasSize(4);
  }

  @Test
  void cachesThatStandStillDecideNothing() {
    untilTenPercent();
    world.cluster().holdCaches();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    int moves = world.aws().aliases().moves().size();

    world.restart();
    world.advance(Duration.ofHours(1));

    assertThat(world.aws().aliases().moves()).hasSize(moves);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void withoutItsStatusARolloutFindsItsPlaceAndMovesNothingThatItNeedNot() {
    untilTenPercent();
    world.loseStatus();

    world.restart();
    world.advance(Duration.ofSeconds(30));

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
    world.advance(Duration.ofMinutes(30));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1", "2");
  }

  @Test
  void anActionWhoseStatusCannotBeWrittenHoldsUpNoRollback() {
    untilTenPercent();
    world
        .cluster()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String call) {
                if (call.equals("PatchActionStatus")) {
                  throw new IllegalStateException("denied by a policy");
                }
                return null;
              }
            });
    world.cluster().apply(Manifests.action("noop", "Retry", ""));
    world.settle();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(6));

    assertThat(world.stage("prod").phase())
        .as(world.status().message())
        .isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aRollbackIsTriedAgainSoonThoughAnotherCallFailsToo() {
    untilTenPercent();
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String call) {
                return call.equals("UpdateAlias") || call.equals("GetAlias")
                    ? new AwsFailure(AwsFailure.Kind.UNAVAILABLE, call, "connection refused")
                    : null;
              }
            });
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(15));
    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(16));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }
}
