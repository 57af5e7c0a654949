package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Soak, windows and slots from the manifests to the alias. */
class GatesTest {
  private static final String AT_ONCE = Manifests.strategy("allAtOnce: {}");

  @Test
  void aStageOpensOnceTheOneBeforeHasSoakedAndARestartChangesNothing() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "dev", "prod");
    world
        .cluster()
        .apply(
            Manifests.rollout("dev", "prod")
                .replace(
                    "{stageRef: {name: prod},", "{stageRef: {name: prod}, requiredSoakTime: 10m,"));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(9));
    world.restart();
    world.advance(Duration.ofSeconds(50));
    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.PENDING);
    assertThat(world.status().message()).contains("has to be stable for 10m");

    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void aReleaseWaitsForItsWindowAndMovesWhenItOpens() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "prod");
    // The world begins at 10:00 UTC on a Monday.
    world
        .cluster()
        .apply(
            Manifests.stage(
                "prod",
                "promotionWindows: [{name: noon, kind: Allow, schedule: \"0 12 * * 1-5\","
                    + " duration: 1h}]"));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(60));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);
    assertThat(world.status().message()).contains("opens at 2026-11-23T12:00:00Z");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");

    world.advance(Duration.ofMinutes(61));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void aWindowThatNeverOpensIsRefusedByFieldValueAndRemedy() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "prod");
    world
        .cluster()
        .apply(
            Manifests.stage(
                "prod",
                "promotionWindows: [{name: never, kind: Allow, schedule: \"0 0 30 2 *\","
                    + " duration: 1h}]"));
    world.settle();

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message())
        .contains("spec.promotionWindows[0].schedule")
        .contains("0 0 30 2 *")
        .contains("never opens");
  }

  @Test
  void windowsThatTogetherNeverOpenAreToldAsThat() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "prod");
    world
        .cluster()
        .apply(
            Manifests.stage(
                "prod",
                """
                promotionWindows:
                  - {name: noon, kind: Allow, schedule: "0 12 * * *", duration: 1h}
                  - {name: never, kind: Deny, schedule: "0 0 * * *", duration: 24h}
                """));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofHours(3));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);
    assertThat(world.status().message())
        .contains("Deny never", "never opens as the windows stand", "spec.promotionWindows");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"Hold, Paused, 10%", "Finish, Healthy, 100%"})
  void aCanaryWhoseWindowClosesWaitsAtItsWeightOrGoesOn(
      String onWindowClose, String phase, String weight) {
    ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");
    // It is 10:20 by now.
    world
        .cluster()
        .apply(
            Manifests.stage(
                "prod",
                "promotionWindows: [{name: morning, kind: Allow, schedule: \"0 9 * * *\","
                    + " duration: 83m}]\nonWindowClose: "
                    + onWindowClose));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    world.advance(Duration.ofMinutes(30));

    assertThat(world.status().phase()).hasToString(phase);
    assertThat(world.stage("prod").weight()).isEqualTo(weight);
  }

  @Test
  void twoRolloutsThatWalkTheSameStagesTheOtherWayRoundDoNotWaitForEachOtherForEver() {
    ModelWorld world = new ModelWorld();
    for (String stage : List.of("dev", "prod")) {
      world.cluster().apply(Manifests.stage(stage, "maxConcurrentRollouts: 1"));
    }
    world
        .cluster()
        .apply(Manifests.strategy("canary: {steps: [{setWeight: 10}, {pause: {duration: 10m}}]}"));
    Map<String, List<String>> stages =
        Map.of("one", List.of("dev", "prod"), "two", List.of("prod", "dev"));
    stages.forEach(
        (name, order) -> {
          world.cluster().apply(named(name, "1.0.0", "hello-1.zip"));
          world.cluster().apply(rollout(name, order));
        });
    world.advance(Duration.ofHours(1));

    stages.keySet().forEach(name -> world.cluster().apply(named(name, "1.1.0", "hello-2.zip")));
    world.advance(Duration.ofMinutes(1));
    assertThat(stages.keySet())
        .as("each has the slot that the other wants next")
        .allMatch(name -> world.status(name).stages().getFirst().phase() == StagePhase.SHIFTING);
    world.advance(Duration.ofMinutes(30));

    assertThat(stages.keySet())
        .allMatch(name -> world.status(name).phase() == RolloutPhase.HEALTHY)
        .allMatch(
            name ->
                world.status(name).stages().stream()
                    .allMatch(stage -> "2".equals(stage.stableVersion())));
  }

  @Test
  void twoRolloutsNeverBothTakeTheLastSlotAndTheOlderGoesFirst() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.stage("prod", "maxConcurrentRollouts: 1"));
    world
        .cluster()
        .apply(Manifests.strategy("canary: {steps: [{setWeight: 10}, {pause: {duration: 10m}}]}"));
    for (String name : List.of("one", "two")) {
      world.cluster().apply(named(name, "1.0.0", "hello-1.zip"));
      world.cluster().apply(rollout(name, List.of("prod")));
    }
    world.advance(Duration.ofHours(1));
    assertThat(world.status("two").phase()).isEqualTo(RolloutPhase.HEALTHY);

    world.cluster().apply(named("one", "1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(named("two", "1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    world.restart();
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status("one").stages().getFirst().phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(world.status("two").stages().getFirst().phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(world.status("two").phase()).isEqualTo(RolloutPhase.PROGRESSING);
    assertThat(world.status("two").message()).contains("waits for a slot");

    world.advance(Duration.ofMinutes(9));

    assertThat(world.status("one").phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.status("two").stages().getFirst().phase()).isEqualTo(StagePhase.SHIFTING);
  }

  private static String named(String name, String release, String key) {
    return Manifests.function(release, key).replace("name: hello", "name: " + name);
  }

  private static String rollout(String name, List<String> stages) {
    return Manifests.rollout(name, "", stages)
        .replace("functionRef: {name: hello}", "functionRef: {name: " + name + "}");
  }
}
