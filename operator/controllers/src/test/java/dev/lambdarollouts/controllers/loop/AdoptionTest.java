package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A function and an alias that somebody else made. */
class AdoptionTest {
  private static final ObjectKey HELLO = new ObjectKey("shop", "hello");
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void theirsOn(String version, String policy) {
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.settle();
    world.aws().functions().ownedBy("hello-prod", null);
    world.aws().functions().madeByHand("hello-prod");
    world
        .aws()
        .aliases()
        .madeByHand("hello-prod", "live", AliasTarget.only(new VersionNumber(version)));
    world
        .cluster()
        .apply(Manifests.function("1.0.0", "hello-1.zip") + "  adoptionPolicy: " + policy + "\n");
  }

  private void applied() {
    world.aws().forgetCalls();
    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(20));
  }

  @Test
  void createLeavesItAlone() {
    theirsOn("1", "Create");
    applied();

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("adoptionPolicy", "AdoptOrCreate");
    assertThat(world.aws().callsOfRollouts()).containsOnly("GetAlias");
  }

  @Test
  void whatIsEqualIsMappedAndNothingMovesOrIsPublished() {
    theirsOn("1", "Adopt");
    int moves = world.aws().aliases().moves().size();
    applied();

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().aliases().moves()).hasSize(moves);
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
    assertThat(world.aws().functions().owner("hello-prod")).hasToString("install1/shop/hello");

    world
        .cluster()
        .apply(Manifests.function("1.0.0", "hello-1.zip") + "  deletionPolicy: Delete\n");
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.cluster().stored(LambdaRollout.class, HELLO)).isNull();
    assertThat(world.aws().functions().names())
        .as("invariant 9: never what it adopted")
        .containsExactly("hello-prod");
  }

  @Test
  void anAliasOnLatestFirstMovesToAnEqualVersion() {
    theirsOn("$LATEST", "AdoptOrCreate");
    applied();

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().aliases().target("hello-prod", "live"))
        .isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(world.aws().callsOfRollouts())
        .doesNotContain("UpdateFunctionCode", "UpdateFunctionConfiguration")
        .containsSubsequence("TagResource", "PublishVersion", "UpdateAlias");
  }

  @Test
  void whatReachesLatestStallsUntilItIsAccepted() {
    theirsOn("1", "Adopt");
    world.aws().functions().entrances("event source mapping 4711");
    applied();
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("event source mapping 4711", "accept");
    assertThat(world.aws().functions().owner("hello-prod")).isNull();

    world.cluster().annotate(HELLO, "lambdarollouts.dev/accept", "TrafficOnLatest");
    world.advance(Duration.ofMinutes(20));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }

  private void answers(String call, AwsFailure.@Nullable Kind kind) {
    world
        .aws()
        .interfere(
            new Interference() {
              @Override
              public @Nullable AwsFailure before(String now) {
                return kind != null && now.equals(call)
                    ? new AwsFailure(kind, now, "made to fail")
                    : null;
              }
            });
  }

  @Test
  void latestIsPublishedAnewWhereItMayHaveChangedBeforeTheAliasCouldMove() {
    theirsOn("$LATEST", "AdoptOrCreate");
    answers("UpdateAlias", AwsFailure.Kind.DENIED);
    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(2));
    world.aws().functions().changedByHand("hello-prod", "theirs.zip");
    answers("UpdateAlias", null);
    world.advance(Duration.ofMinutes(3));

    assertThat(world.aws().aliases().moves())
        .filteredOn(move -> move.startsWith("hello-prod:live on version"))
        .last()
        .as("the version of their last deployment, not of the one before")
        .isNotEqualTo("hello-prod:live on version 1");
  }

  @Test
  void anAliasInTransitionIsLookedAtAgainAndAdoptedOnceItIsOnOneVersion() {
    theirsOn("1", "Adopt");
    world.aws().functions().deployedByHand("hello-prod");
    AliasTarget two =
        AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(10));
    world.aws().aliases().move("hello-prod", "live", two);
    applied();
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("end that deployment first");

    world.aws().aliases().move("hello-prod", "live", AliasTarget.only(new VersionNumber("1")));
    world.advance(Duration.ofMinutes(3));
    assertThat(world.aws().functions().owner("hello-prod")).isNotNull();
  }

  @Test
  void nobodysFunctionWithoutAnAliasIsWaitedForWithoutADeadline() {
    ModelWorld theirs = new ModelWorld();
    theirs.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    theirs.cluster().apply(Manifests.stage("prod"));
    theirs.cluster().apply(Manifests.canary());
    theirs.aws().functions().publishedElsewhere("hello-prod");
    theirs.cluster().apply(Manifests.rollout("prod"));
    theirs.advance(Duration.ofMinutes(45));

    assertThat(theirs.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(theirs.status().message()).contains("adoptionPolicy", "AdoptOrCreate");
    assertThat(theirs.rejectedFor("prod")).as("what somebody can allow any time").isEmpty();
  }
}
