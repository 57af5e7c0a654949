package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void release(String name, String key) {
    world.cluster().apply(Manifests.function(name, key));
  }

  private void untilTenPercent() {
    release("1.1.0", "hello-2.zip");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  @Test
  void aReleaseMovesInStepsAndEndsPromoted() {
    release("1.1.0", "hello-2.zip");

    world.advance(Duration.ofMinutes(30));

    assertThat(world.aws().aliases().moves())
        .containsExactly(
            "hello-prod:live on version 1",
            "hello-prod:live on version 1 and 10% on version 2",
            "hello-prod:live on version 1 and 50% on version 2",
            "hello-prod:live on version 2");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void aStepCostsOneCall() {
    untilTenPercent();
    world.aws().forgetCalls();

    world.advance(Duration.ofMinutes(6));

    assertThat(world.stage("prod").weight()).isEqualTo("50%");
    assertThat(world.aws().callsOfRollouts()).containsExactly("UpdateAlias");
  }

  @Test
  void theAliasSaysWhatIsUnderWayAndThenWhoIsStable() {
    untilTenPercent();

    String during = world.aws().aliases().description("hello-prod", "live");
    world.advance(Duration.ofMinutes(30));
    String after = world.aws().aliases().description("hello-prod", "live");

    String owner = ModelWorld.owner("hello");
    assertThat(during).matches("lr1 o=" + owner + " s=1:1-[0-9a-f]+ c=2:1-[0-9a-f]+");
    assertThat(after).matches("lr1 o=" + owner + " s=2:1-[0-9a-f]+");
  }

  @Test
  void anAlarmTakesAllTrafficBackWithinOnePoll() {
    untilTenPercent();

    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));

    assertThat(world.aws().aliases().target("hello-prod", "live"))
        .isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("hello-prod-errors").contains("version 1 serves");
    assertThat(world.aws().aliases().urgencies().getLast())
        .as("it goes before the steps of others")
        .isEqualTo(Urgency.ROLLBACK);
    assertThat(world.rejectedFor("prod")).isEqualTo("Alarm");
  }

  @Test
  void aRejectedReleaseIsNotTriedAgainByItself() {
    untilTenPercent();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    int moves = world.aws().aliases().moves().size();

    world.restart();
    world.advance(Duration.ofHours(3));

    assertThat(world.aws().aliases().moves()).hasSize(moves);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void goingBackInGitToWhatIsStableIsHealthyAgain() {
    untilTenPercent();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));

    release("1.0.0", "hello-1.zip");
    world.settle();

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1", "2");
  }

  @Test
  void aNewerReleaseSupersedesByWayOfStable() {
    untilTenPercent();

    release("1.2.0", "hello-3.zip");
    world.advance(Duration.ofMinutes(30));

    assertThat(world.aws().aliases().moves())
        .containsExactly(
            "hello-prod:live on version 1",
            "hello-prod:live on version 1 and 10% on version 2",
            "hello-prod:live on version 1",
            "hello-prod:live on version 1 and 10% on version 3",
            "hello-prod:live on version 1 and 50% on version 3",
            "hello-prod:live on version 3");
    assertThat(world.stage("prod").history())
        .extracting(entry -> entry.version() + " " + entry.outcome())
        .containsExactly("3 Promoted", "2 Superseded", "1 Promoted");
  }

  @Test
  void aReleaseThatWasPublishedBeforeIsFoundAndNotPublishedAgain() {
    untilTenPercent();
    release("1.2.0", "hello-3.zip");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").canaryVersion()).isEqualTo("3");

    release("1.1.0", "hello-2.zip");
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").canaryVersion()).isEqualTo("2");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1", "2", "3");
  }

  @Test
  void pausedHoldsTheWeightUntilItIsLiftedAndAlarmsStillCount() {
    untilTenPercent();
    world.cluster().apply(Manifests.rollout("hello", "paused: true", List.of("prod")));
    world.advance(Duration.ofHours(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);
    assertThat(world.status().message())
        .isEqualTo("prod: paused: spec.paused of the LambdaRollout is true");

    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void unpausedItGoesOn() {
    untilTenPercent();
    world.cluster().apply(Manifests.rollout("hello", "paused: true", List.of("prod")));
    world.advance(Duration.ofHours(1));

    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(30));

    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void aSuspendedStageHolds() {
    untilTenPercent();

    world.cluster().apply(Manifests.stage("prod", "suspended: true"));
    world.advance(Duration.ofHours(1));

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.pause("prod")).isEqualTo("StageSuspended");
  }

  @Test
  void anEditedStrategyWaitsForTheNextAttemptAndTheMessageSaysSo() {
    untilTenPercent();

    world.cluster().apply(Manifests.strategy("allAtOnce: {}"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.status().message())
        .endsWith("(the edited strategy applies from the next attempt)");
  }

  @Test
  void aForeignMoveOffTheCandidateIsARollbackByAPersonOnceSeen() {
    untilTenPercent();

    world.aws().aliases().move("hello-prod", "live", AliasTarget.only(new VersionNumber("1")));
    world.advance(Duration.ofMinutes(31));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.rejectedFor("prod")).isEqualTo("Drift");
  }

  @Test
  void aForeignMoveElsewhereHoldsInPlace() {
    untilTenPercent();

    AliasTarget foreign =
        AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(90));
    world.aws().aliases().move("hello-prod", "live", foreign);
    world.advance(Duration.ofMinutes(31));

    assertThat(world.aws().aliases().target("hello-prod", "live")).isEqualTo(foreign);
    assertThat(world.pause("prod")).isEqualTo("Drift");
  }

  @Test
  void everyTransitionIsToldOnceWithItsReason() {
    untilTenPercent();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));

    assertThat(world.cluster().notices())
        .extracting(Notice::reason)
        .endsWith("Shifting", "WeightConfirmed", "RollingBack", "RolledBack");
    assertThat(world.cluster().notices().getLast().warning()).isTrue();
    assertThat(world.cluster().notices().getLast().message())
        .isEqualTo(
            "prod: rolled back: the alias is on version 1 (alarm hello-prod-errors is in ALARM)");
  }
}
