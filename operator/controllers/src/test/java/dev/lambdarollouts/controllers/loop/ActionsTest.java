package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.action.RolloutActionStatus.Phase;
import dev.lambdarollouts.crds.rollout.HistoryEntry;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final String INDEFINITE =
      Manifests.strategy(
          """
          canary:
            steps:
              - setWeight: 10
              - pause: {}
          alarms: [{name: "{functionName}-errors"}]
          bakeTime: 10m
          """);

  private final ModelWorld world = ModelWorld.promoted(INDEFINITE, "prod");

  private void untilPaused() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.pause("prod")).isEqualTo("CanaryPauseStep");
  }

  private void act(String name, String action, String more) {
    world.cluster().apply(Manifests.action(name, action, more));
    world.settle();
  }

  private boolean exists(String name) {
    return world.cluster().stored(RolloutAction.class, new ObjectKey("shop", name)) != null;
  }

  private RolloutActionStatus outcome(String name) {
    RolloutAction action =
        Objects.requireNonNull(
            world.cluster().stored(RolloutAction.class, new ObjectKey("shop", name)));
    return action.status().orElseThrow().valid().orElseThrow();
  }

  @Test
  void promoteEndsAPause() {
    untilPaused();

    act("go", "Promote", "");

    assertThat(world.stage("prod").weight()).isEqualTo("100%");
    assertThat(outcome("go").phase()).isEqualTo(Phase.APPLIED);
    assertThat(outcome("go").message()).isEqualTo("promoted by alice@example.com");
    assertThat(world.stage("prod").actions()).hasSize(1);
  }

  @Test
  void promoteForAnotherStepIsRefusedAndToldSo() {
    untilPaused();

    act("go", "Promote", "step: 0");

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(outcome("go").phase()).isEqualTo(Phase.REFUSED);
    assertThat(outcome("go").appliedAt()).isNull();
    assertThat(world.cluster().notices().getLast().message())
        .isEqualTo("Promote: spec.step is 0, but the stage is at 1");
  }

  @Test
  void abortTakesTrafficBackAndRejects() {
    untilPaused();

    act("stop", "Abort", "reason: looks odd");

    assertThat(world.aws().aliases().moves().getLast()).isEqualTo("hello-prod:live on version 1");
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.stage("prod").history().getFirst().by()).isEqualTo("alice@example.com");
  }

  @Test
  void retryTriesARejectedReleaseAgain() {
    untilPaused();
    act("stop", "Abort", "");

    act("again", "Retry", "");
    world.advance(Duration.ofMinutes(1));

    assertThat(outcome("again").phase()).isEqualTo(Phase.APPLIED);
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1", "2");
  }

  @Test
  void anActionIsAppliedOnceThoughTheProcessDiesBetweenRecordAndAnswer() {
    untilPaused();
    world.cluster().interfere(new DiesAt("PatchActionStatus"));
    world.cluster().apply(Manifests.action("go", "Promote", ""));
    DiesAt.run(world::settle);
    world.cluster().interfere(Interference.NONE);

    world.restart();
    world.advance(Duration.ofMinutes(20));

    assertThat(outcome("go").phase()).isEqualTo(Phase.APPLIED);
    assertThat(world.stage("prod").actions()).hasSize(1);
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void promoteFullyGoesOnThoughItsObjectIsGoneAndTheProcessIsAnother() {
    untilPaused();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);

    act("all", "PromoteFully", "reason: a fix that cannot wait");
    world.restart();
    world.advance(Duration.ofMinutes(11));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").history().getFirst().outcome())
        .isEqualTo(HistoryEntry.Outcome.FAST_PROMOTED);
    assertThat(world.stage("prod").history().getFirst().by()).isEqualTo("alice@example.com");
    assertThat(world.stage("prod").history().getFirst().cause())
        .isEqualTo("promoted fully by alice@example.com: a fix that cannot wait");
  }

  @Test
  void aPauseHoldsThroughARestartUntilResume() {
    untilPaused();
    act("hold", "Pause", "reason: an incident elsewhere");
    world.restart();
    world.advance(Duration.ofHours(3));

    assertThat(world.pause("prod")).isEqualTo("ActionPause");
    assertThat(world.status().message()).contains("paused by alice@example.com: an incident");
    act("go", "Promote", "");
    assertThat(outcome("go").phase()).isEqualTo(Phase.REFUSED);
    act("on", "Resume", "");
    assertThat(world.pause("prod")).isEqualTo("CanaryPauseStep");
  }

  @Test
  void aRefusedActionIsNotJudgedAgainThoughTheCacheDoesNotSayYetThatItWas() {
    untilPaused();
    world
        .cluster()
        .onStatus(
            written -> {
              if (world.stage("prod").phase() == StagePhase.ROLLING_BACK && !exists("again")) {
                world.cluster().apply(Manifests.action("again", "Retry", ""));
                world.cluster().holdActions();
              }
            });
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));
    world.resync();

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(outcome("again").phase()).isEqualTo(Phase.REFUSED);
    assertThat(world.cluster().writes()).containsOnlyOnce("PatchActionStatus");
    world.cluster().releaseCaches();
    act("now", "Retry", "");
    assertThat(outcome("now").phase()).isEqualTo(Phase.APPLIED);
  }

  @Test
  void aRefusedActionIsDeletedAfterSevenDaysToo() {
    untilPaused();
    act("no", "Resume", "");
    assertThat(outcome("no").phase()).isEqualTo(Phase.REFUSED);
    world.restart();

    world.advance(Duration.ofDays(7).plusHours(1));

    assertThat(world.cluster().stored(RolloutAction.class, new ObjectKey("shop", "no"))).isNull();
  }

  @Test
  void anActionForAStageThatIsNotThereIsRefused() {
    untilPaused();

    act("go", "Promote", "stage: qa");

    assertThat(outcome("go").message())
        .isEqualTo("spec.stage is qa, but the rollout's stages are prod");
  }

  @Test
  void aFinishedActionIsDeletedAfterSevenDaysAndItsUidForgottenLater() {
    untilPaused();
    act("go", "Promote", "");

    world.advance(Duration.ofDays(7).plusHours(1));
    assertThat(world.cluster().stored(RolloutAction.class, new ObjectKey("shop", "go"))).isNull();

    world.cluster().apply(Manifests.function("1.2.0", "hello-3.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").actions()).isEmpty();
  }

  @Test
  void promoteOverAnAlarmThatFiresBeforeTrafficExcusesIt() {
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.pause("prod")).isEqualTo("AlarmAlreadyFiring");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);

    act("go", "Promote", "");
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(world.stage("prod").alarms().getFirst().excused()).isTrue();
  }

  @Test
  void anActionStaysTheStagesThatRecordedItWhicheverIsTheCurrentOneByNow() {
    ModelWorld two = ModelWorld.promoted(INDEFINITE, "dev", "prod");
    two.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    two.advance(Duration.ofMinutes(1));
    two.cluster().apply(Manifests.action("dev", "Promote", ""));
    two.advance(Duration.ofMinutes(12));
    assertThat(two.pause("prod")).isEqualTo("CanaryPauseStep");

    two.cluster().interfere(new DiesAt("PatchActionStatus"));
    two.cluster().apply(Manifests.action("stop", "Abort", ""));
    DiesAt.run(two::settle);
    two.cluster().interfere(Interference.NONE);
    // Now dev is the current stage, and another release is under way there.
    two.cluster().apply(Manifests.function("1.2.0", "hello-3.zip"));
    two.restart();
    two.advance(Duration.ofMinutes(1));

    assertThat(
            two.cluster()
                .stored(RolloutAction.class, new ObjectKey("shop", "stop"))
                .status()
                .orElseThrow()
                .valid()
                .orElseThrow()
                .phase())
        .isEqualTo(Phase.APPLIED);
    assertThat(two.pause("dev")).isEqualTo("CanaryPauseStep");
  }
}
