package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelSide;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is not in the release, through the loop: it walks the stages too and publishes nothing. */
class BesideTheReleaseTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
  private final ModelSide side = world.aws().functions().side();

  private void stage(String name, String more) {
    world.cluster().apply(Manifests.stage(name, more));
    world.settle();
  }

  private void release(int number) {
    world.cluster().apply(Manifests.function("1." + number + ".0", "hello-" + number + ".zip"));
    world.settle();
  }

  private static AliasTarget on(String version) {
    return AliasTarget.only(new VersionNumber(version));
  }

  @Test
  void aRuntimesManagementWalksTheStagesInOrderAndPublishesNothing() {
    stage("dev", "suspended: true");
    world
        .cluster()
        .apply(
            Manifests.functionWith(
                "hello-1.zip", "runtimeManagementConfig: {updateRuntimeOn: FunctionUpdate}"));
    world.advance(Duration.ofMinutes(5));
    assertThat(side.of("hello-dev")).isEmpty();
    assertThat(side.of("hello-prod")).isEmpty();
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);
    assertThat(world.status().message()).contains("suspended: what is set beside the release");
    stage("dev", "");
    world.advance(Duration.ofMinutes(1));
    assertThat(side.of("hello-dev")).containsOnlyKeys("runtimeManagementConfig@1");
    assertThat(side.of("hello-prod")).containsOnlyKeys("runtimeManagementConfig@1");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").sideHash()).contains("runtimeManagementConfig@1");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
    world.aws().forgetCalls();
    world.restart();
    world.advance(Duration.ofHours(3));
    assertThat(world.aws().calls())
        .isNotEmpty()
        .doesNotContain("PutRuntimeManagementConfig", "GetProvisionedConcurrencyConfig");
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(side.of("hello-dev")).isEmpty();
    assertThat(side.of("hello-prod")).isEmpty();
    assertThat(world.stage("prod").sideHash()).isNull();
  }

  @Test
  void removingAFieldTakesBackOnlyWhatWasSetHere() {
    side.byHand("hello-prod", new SideSetting(SideSetting.Kind.RESERVED_CONCURRENCY, null), "7");
    world.advance(Duration.ofHours(1));
    assertThat(side.of("hello-prod")).containsEntry("reservedConcurrency", "7");
    stage("prod", "reservedConcurrency: 100");
    assertThat(side.of("hello-prod")).containsEntry("reservedConcurrency", "100");
    stage("prod", "");
    assertThat(side.of("hello-prod")).isEmpty();
  }

  @Test
  void theCandidatesProvisionedConcurrencyIsReadyBeforeTheFirstRequestAndStablesGoesAfterTheBake() {
    stage("prod", "provisionedConcurrency: 5");
    world.advance(Duration.ofMinutes(1));
    assertThat(side.of("hello-prod")).containsOnlyKeys("provisionedConcurrency@1");
    release(2);
    assertThat(
            world.advanceUntil(
                () -> side.of("hello-prod").containsKey("provisionedConcurrency@2"),
                Duration.ofHours(1)))
        .isTrue();
    assertThat(world.aws().aliases().target("hello-prod:live")).isEqualTo(on("1"));
    assertThat(
            world.advanceUntil(
                () -> world.stage("prod").phase() == StagePhase.BAKING, Duration.ofHours(1)))
        .isTrue();
    assertThat(side.of("hello-prod"))
        .containsOnlyKeys("provisionedConcurrency@1", "provisionedConcurrency@2");
    world.advance(Duration.ofMinutes(11));
    assertThat(side.of("hello-prod")).containsOnlyKeys("provisionedConcurrency@2");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void aRollbackWaitsForNoneAndTheCandidatesGoesAfterARestartToo() {
    stage("prod", "provisionedConcurrency: 5");
    world.advance(Duration.ofMinutes(1));
    release(2);
    world.advanceUntil(() -> "10%".equals(world.stage("prod").weight()), Duration.ofHours(1));
    world.aws().forgetCalls();
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advanceUntil(
        () -> world.stage("prod").phase() == StagePhase.ROLLED_BACK, Duration.ofMinutes(1));
    assertThat(world.aws().aliases().target("hello-prod:live")).isEqualTo(on("1"));
    world.restart();
    world.advance(Duration.ofMinutes(1));
    assertThat(side.of("hello-prod")).containsOnlyKeys("provisionedConcurrency@1");
  }

  @Test
  void concurrencyThatAwsCannotProvideIsToldAndMovesNoTraffic() {
    stage("prod", "provisionedConcurrency: 5");
    world.advance(Duration.ofMinutes(1));
    side.provisioningFails(true);
    release(2);
    world.advanceUntil(
        () -> world.status().message().contains("could not provide"), Duration.ofHours(1));
    assertThat(world.status().message())
        .contains("AWS could not provide the provisioned concurrency of version 2")
        .contains("no room");
    assertThat(world.aws().aliases().target("hello-prod:live")).isEqualTo(on("1"));
  }

  @Test
  void stagesThatShareAFunctionHaveToAgree() {
    String shared = "functionNameTemplate: \"{function}\"";
    ModelWorld other = new ModelWorld();
    other.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    other.cluster().apply(Manifests.canary());
    for (String name : new String[] {"dev", "prod"}) {
      String stage = Manifests.stage(name, name.equals("prod") ? "reservedConcurrency: 5" : "");
      other
          .cluster()
          .apply(
              stage
                  .replace("functionNameTemplate: \"{function}-{stage}\"", shared)
                  .replace("alias: live", "alias: " + name));
    }
    other.cluster().apply(Manifests.rollout("dev", "prod"));
    other.settle();
    assertThat(other.status().message())
        .contains("reservedConcurrency is 5, and of stage dev, which shares the function, absent");
  }
}
