package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private static final ObjectKey HELLO = new ObjectKey("shop", "hello");
  private static final Interference AWS_IS_DOWN =
      new Interference() {
        @Override
        public @Nullable AwsFailure before(String call) {
          return new AwsFailure(AwsFailure.Kind.UNAVAILABLE, call, "connection refused");
        }
      };

  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");

  private void delete() {
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.settle();
  }

  private boolean isGone() {
    return world.cluster().stored(LambdaRollout.class, HELLO) == null;
  }

  @Test
  void aRolloutAtRestGoesAndEverythingInAwsStays() {
    delete();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().callsOfRollouts()).containsOnly("GetAlias");
    assertThat(world.aws().functions().owner("hello-prod")).isNotNull();
  }

  @Test
  void inMidCourseTheAliasGoesToStableFirst() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("dev").weight()).isEqualTo("10%");

    delete();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().aliases().moves().getLast()).isEqualTo("hello-dev:live on version 1");
    assertThat(world.aws().alarms().watchers()).isEmpty();
  }

  @Test
  void withAwsOutOfReachItStaysUntilItIsReachedAgain() {
    world.aws().interfere(AWS_IS_DOWN);
    delete();
    world.advance(Duration.ofMinutes(10));
    assertThat(isGone()).isFalse();
    assertThat(world.status().message()).contains("lambdarollouts.dev/abandon");

    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));

    assertThat(isGone()).isTrue();
  }

  @Test
  void abandonedItGoesAndTouchesNothing() {
    world.aws().interfere(AWS_IS_DOWN);
    delete();
    world.aws().forgetCalls();

    world.cluster().annotate(HELLO, "lambdarollouts.dev/abandon", "true");
    world.settle();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().calls()).isEmpty();
  }

  @Test
  void aStageTakenOffTheListGoesHomeAndIsNobodysAgain() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(21));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    world.cluster().apply(Manifests.rollout("dev"));
    world.settle();

    assertThat(world.aws().aliases().moves().getLast()).isEqualTo("hello-prod:live on version 1");
    assertThat(world.aws().functions().owner("hello-prod")).isNull();
    assertThat(world.aws().functions().owner("hello-dev")).isNotNull();
    assertThat(world.status().stages()).extracting(stage -> stage.name()).containsExactly("dev");
    assertThat(world.aws().alarms().watchers()).isEmpty();
  }

  @Test
  void aStageWithoutItsLambdaStageIsStillTakenHome() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(21));
    world.cluster().delete(LambdaStage.class, "shop", "prod");
    world.restart();

    world.cluster().apply(Manifests.rollout("dev"));
    world.settle();

    assertThat(world.aws().aliases().moves().getLast()).isEqualTo("hello-prod:live on version 1");
    assertThat(world.status().stages()).extracting(stage -> stage.name()).containsExactly("dev");
  }

  @Test
  void aStageThatComesBackBeginsAnewFromItsMarks() {
    world.cluster().apply(Manifests.rollout("dev"));
    world.settle();

    world.cluster().apply(Manifests.rollout("dev", "prod"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
  }

  @Test
  void withTheStatusLostTheAliasStillGoesToStableFirst() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    world.loseStatus();
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.restart();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().aliases().moves().getLast()).isEqualTo("hello-dev:live on version 1");
  }

  private void deletesWhatItCreated() {
    world
        .cluster()
        .apply(Manifests.function("1.1.0", "hello-2.zip") + "  deletionPolicy: Delete\n");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("dev").weight()).isEqualTo("10%");
  }

  @Test
  void underDeleteTheFunctionsGoAfterTheirAliasesAreOnStable() {
    deletesWhatItCreated();
    world.aws().forgetCalls();

    delete();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().functions().names()).isEmpty();
    assertThat(world.aws().callsOfRollouts())
        .containsSubsequence("UpdateAlias", "DeleteFunction", "DeleteFunction");
  }

  @Test
  void aStageTakenOffTheListKeepsItsFunctionUnderDelete() {
    deletesWhatItCreated();

    world.cluster().apply(Manifests.rollout("dev"));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.status().stages()).extracting(stage -> stage.name()).containsExactly("dev");
    assertThat(world.aws().functions().names()).contains("hello-prod");
    assertThat(world.aws().functions().owner("hello-prod")).isNull();
  }

  @Test
  void invariant9WhatTheOperatorDidNotCreateStays() {
    world.aws().functions().madeByHand("hello-prod");
    deletesWhatItCreated();

    delete();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().functions().names()).containsExactly("hello-prod");
    assertThat(world.aws().aliases().target("hello-prod", "live")).isNotNull();
  }

  @Test
  void underDeleteAwsThatDoesNotAnswerIsWaitedForUntilItIsAbandoned() {
    deletesWhatItCreated();
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String call) {
                return call.equals("DeleteFunction")
                    ? new AwsFailure(AwsFailure.Kind.DENIED, call, "no right")
                    : null;
              }
            });
    delete();
    world.advance(Duration.ofMinutes(1));
    assertThat(isGone()).isFalse();
    assertThat(world.status().message()).contains("DeleteFunction", "lambdarollouts.dev/abandon");

    world.cluster().annotate(HELLO, "lambdarollouts.dev/abandon", "true");
    world.settle();

    assertThat(isGone()).isTrue();
    assertThat(world.aws().functions().names()).hasSize(2);
  }

  @Test
  void aFunctionThatStagesShareGoesOnceWithTheLast() {
    ModelWorld shared = new ModelWorld();
    for (String stage : List.of("dev", "prod")) {
      shared
          .cluster()
          .apply(
              Manifests.stage(stage)
                  .replace("alias: live", "alias: " + stage)
                  .replace("{function}-{stage}", "{function}"));
    }
    shared.aws().alarms().set("hello-errors", AlarmSample.State.OK);
    shared.cluster().apply(Manifests.canary());
    shared
        .cluster()
        .apply(Manifests.function("1.0.0", "hello-1.zip") + "  deletionPolicy: Delete\n");
    shared.cluster().apply(Manifests.rollout("dev", "prod"));
    shared.advance(Duration.ofMinutes(40));
    assertThat(shared.aws().aliases().names()).hasSize(2);
    shared.aws().forgetCalls();

    shared.cluster().delete(LambdaRollout.class, "shop", "hello");
    shared.settle();

    assertThat(shared.cluster().stored(LambdaRollout.class, HELLO)).isNull();
    assertThat(shared.aws().functions().names()).isEmpty();
    assertThat(shared.aws().calls()).containsOnlyOnce("DeleteFunction");
  }
}
