package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagesTest {
  private static final String ROLE = "roleArn: \"arn:aws:iam::111122223333:role/wrong\"";
  private static final String AT_ONCE = Manifests.strategy("allAtOnce: {}");

  @Test
  void aReleaseWalksTheStagesInOrder() {
    ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));

    world.advance(Duration.ofMinutes(5));
    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.PENDING);
    assertThat(world.status().stage()).isEqualTo("dev");

    world.advance(Duration.ofMinutes(16));
    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.status().stage()).isEqualTo("prod");
    assertThat(world.status().step()).isEqualTo("2/5");

    world.advance(Duration.ofMinutes(20));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").codeSha256()).isEqualTo(world.stage("dev").codeSha256());
  }

  @Test
  void invariant14ProdRunsWhatDevRanAlsoWhenTheStatusWasLost() {
    ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(15));
    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.BAKING);

    world.aws().functions().uploadedAnew("hello-2.zip");
    world.loseStatus();
    world.restart();
    world.advance(Duration.ofHours(1));

    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.FAILED);
    assertThat(world.status().message()).contains("CodeChanged");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
  }

  @Test
  void invariant14NothingFollowsAStageOfWhichNobodyKnowsWhatCodeItRuns() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "dev", "prod");
    world.cluster().apply(Manifests.stage("prod", "suspended: true"));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("dev").stableVersion()).isEqualTo("2");
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String call) {
                return call.equals("GetFunctionConfiguration")
                    ? new AwsFailure(AwsFailure.Kind.DENIED, call, "made to fail")
                    : null;
              }
            });
    world.loseStatus();
    world.restart();
    world.cluster().apply(Manifests.stage("prod"));
    world.advance(Duration.ofHours(1));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.PENDING);
    assertThat(world.status().message())
        .contains("waits for stage dev: which code it runs is looked up", "made to fail");

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofHours(1));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void aStageOffTheListThatAwsRefusesToTellOfGoesByTheAnnotation() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "dev", "prod");
    world.cluster().apply(Manifests.stage("prod", "credentials: {assumeRole: {" + ROLE + "}}"));
    world.aws().refusesRole("wrong");
    world.cluster().apply(Manifests.rollout("dev"));
    world.advance(Duration.ofMinutes(20));
    assertThat(world.status().stages()).hasSize(2);
    assertThat(world.status().message()).contains("lambdarollouts.dev/abandon");

    world.cluster().annotate(new ObjectKey("shop", "hello"), "lambdarollouts.dev/abandon", "true");
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().stages()).hasSize(1);
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void whatFailsInOneStageDoesNotReachTheNext() {
    ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));

    world.aws().alarms().set("hello-dev-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofHours(1));

    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
  }

  @Test
  void aStageAddedLaterGetsWhatTheOthersHave() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "dev");

    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(Manifests.rollout("dev", "prod"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
  }

  @Test
  void stagesMayShareAFunctionBehindAliasesOfTheirOwn() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    for (String stage : List.of("dev", "prod")) {
      world
          .cluster()
          .apply(
              Manifests.stage(stage)
                  .replace("alias: live", "alias: " + stage)
                  .replace("{function}-{stage}", "{function}"));
    }
    world.cluster().apply(AT_ONCE);
    world.cluster().apply(Manifests.rollout("dev", "prod"));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.aws().functions().versions("hello")).containsExactly("1", "2");
    assertThat(world.aws().aliases().moves())
        .containsExactly(
            "hello:dev on version 1",
            "hello:prod on version 1",
            "hello:dev on version 2",
            "hello:prod on version 2");
  }

  @Test
  void ofTwoRolloutsOfOneFunctionTheOlderHasItAndTheOtherSaysSo() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "prod");

    world.cluster().apply(Manifests.rollout("other", "", List.of("prod")));
    world.settle();

    assertThat(world.status("other").phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status("other").message())
        .isEqualTo(
            "prod: function hello-prod in us-east-1 of account 111122223333 belongs to"
                + " LambdaRollout shop/hello; nothing is touched");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void appliedTogetherTheOlderOrFirstByNameHasIt() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(AT_ONCE);
    world.cluster().apply(Manifests.rollout("zebra", "", List.of("prod")));
    world.cluster().apply(Manifests.rollout("hello", "", List.of("prod")));

    world.advance(Duration.ofMinutes(1));

    assertThat(world.status("hello").phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.status("zebra").phase()).isEqualTo(RolloutPhase.DEGRADED);
  }

  @Test
  void aStageWhoseOwnReleaseDidNotChangeLetsNothingPastTheStagesBeforeIt() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    for (String stage : List.of("dev", "sit", "prod")) {
      world.aws().alarms().set("hello-" + stage + "-errors", AlarmSample.State.OK);
      world
          .cluster()
          .apply(Manifests.stage(stage, stage.equals("sit") ? "overrides: {memorySize: 512}" : ""));
    }
    world.cluster().apply(Manifests.canary());
    world.cluster().apply(Manifests.rollout("dev", "sit", "prod"));
    world.advance(Duration.ofHours(2));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);

    // sit overrides what changes: its release stays as it is.
    world
        .cluster()
        .apply(
            Manifests.function("1.0.0", "hello-1.zip")
                .replace("handler: hello.Handler", "handler: hello.Handler\n  memorySize: 256"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(world.stage("sit").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.PENDING);
  }

  @Test
  void twoStagesBehindOneAliasAreRefused() {
    ModelWorld world = ModelWorld.promoted(AT_ONCE, "dev");
    world.cluster().apply(Manifests.stage("twin").replace("{function}-{stage}", "{function}-dev"));
    world.cluster().apply(Manifests.rollout("dev", "twin"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message())
        .contains(
            "spec.stages[1]",
            "stage twin means",
            "hello-dev:live, as stage dev does",
            "LambdaStage twin");
    assertThat(world.stage("dev").phase()).isEqualTo(StagePhase.SUCCEEDED);
  }

  @Test
  void whatADeletedRolloutWantedIsFreeAtOnceThoughTheCacheIsBehind() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(AT_ONCE);
    world.cluster().apply(Manifests.rollout("a", "paused: true", List.of("prod")));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(Manifests.rollout("b", "", List.of("prod")));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.status("b").phase()).isEqualTo(RolloutPhase.DEGRADED);

    world.cluster().delete(LambdaRollout.class, "shop", "a");
    world.cluster().holdRollouts();
    world.advance(Duration.ofMinutes(1));
    world.cluster().releaseCaches();
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status("b").phase())
        .as(world.status("b").message())
        .isEqualTo(RolloutPhase.HEALTHY);
  }

  @Test
  void theOlderRolloutHasTheFunctionWhateverItsName() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(AT_ONCE);
    world.cluster().apply(Manifests.rollout("zebra", "", List.of("prod")));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(Manifests.rollout("hello", "", List.of("prod")));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(Manifests.stage("prod"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status("zebra").phase())
        .as(world.status("zebra").message())
        .isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.status("hello").phase()).isEqualTo(RolloutPhase.DEGRADED);
  }

  @Test
  void aStageTakenOffTheListLeavesAFunctionThatAnotherStageSharesItsOwner() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    for (String stage : List.of("dev", "prod")) {
      world
          .cluster()
          .apply(
              Manifests.stage(stage)
                  .replace("alias: live", "alias: " + stage)
                  .replace("{function}-{stage}", "{function}"));
    }
    world.cluster().apply(AT_ONCE);
    world.cluster().apply(Manifests.rollout("dev", "prod"));
    world.advance(Duration.ofMinutes(1));
    world.cluster().apply(Manifests.rollout("prod"));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void aStageTakenOffTheListAndAddedAgainGetsItsTagsBackWithItsNextRelease() {
    ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
    world.cluster().apply(Manifests.rollout("dev"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.aws().functions().owner("hello-prod")).isNull();
    List<String> moves = world.aws().aliases().moves();

    world.cluster().apply(Manifests.rollout("dev", "prod"));
    world.advance(Duration.ofMinutes(5));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().aliases().moves()).isEqualTo(moves);

    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(60));
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().functions().owner("hello-prod")).hasToString("install1/shop/hello");
  }
}
