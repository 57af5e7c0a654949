package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.rollout.HistoryEntry;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RollBack, the rollback window and the end of old versions, through the loop. */
class HistoryTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void release(int number) {
    world.cluster().apply(Manifests.function("1." + number + ".0", "hello-" + number + ".zip"));
  }

  private void promote(int number) {
    release(number);
    world.advance(Duration.ofMinutes(30));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
  }

  private void spec(String more) {
    world.cluster().apply(Manifests.rollout("hello", more, List.of("prod")));
    world.settle();
  }

  private List<String> versions() {
    return world.aws().functions().versions("hello-prod");
  }

  private void rollBack(String more) {
    world.cluster().apply(Manifests.action("back", "RollBack", more));
    world.settle();
  }

  private RolloutActionStatus outcome() {
    RolloutAction action =
        Objects.requireNonNull(
            world.cluster().stored(RolloutAction.class, new ObjectKey("shop", "back")));
    return action.status().orElseThrow().valid().orElseThrow();
  }

  @Test
  void rollBackIsOneChangeInAwsAndTheReleaseStaysRejected() {
    promote(2);
    world.aws().forgetCalls();
    rollBack("reason: customers complain");
    assertThat(world.aws().calls()).containsExactly("UpdateAlias", "GetAlias");
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
    assertThat(world.rejectedFor("prod")).isEqualTo("RollBack");
    HistoryEntry entry = world.stage("prod").history().getFirst();
    assertThat(entry.outcome()).isEqualTo(HistoryEntry.Outcome.FAST_ROLLED_BACK);
    assertThat(entry.by()).isEqualTo("alice@example.com");
    assertThat(outcome().message())
        .isEqualTo("rolled back to version 1 by alice@example.com: customers complain");
    world.restart();
    world.advance(Duration.ofHours(3));
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
  }

  @Test
  void rollBackToAVersionByItsNumber() {
    promote(2);
    promote(3);
    rollBack("toVersion: \"1\"");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
  }

  @Test
  void goingBackInGitInsideTheWindowSkipsTheSteps() {
    spec("rollbackWindow: {revisions: 2}");
    promote(2);
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.BAKING);
    assertThat(versions()).containsExactly("1", "2");
    world.advance(Duration.ofMinutes(10));
    assertThat(world.stage("prod").history().getFirst().outcome())
        .isEqualTo(HistoryEntry.Outcome.FAST_ROLLED_BACK);
  }

  @Test
  void versionsBeyondTheLimitGoTenMinutesAfterAPromotionAndAtRestNothingIsAsked() {
    spec("revisionHistoryLimit: 1");
    promote(2);
    promote(3);
    promote(4);
    world.advance(Duration.ofMinutes(15));
    assertThat(versions()).containsExactly("3", "4");
    world.advance(Duration.ofMinutes(30));
    world.aws().forgetCalls();
    world.advance(Duration.ofHours(10));
    assertThat(world.aws().calls()).isNotEmpty().containsOnly("GetAlias");
  }

  @Test
  void aVersionThatSomebodysAliasNamesStays() {
    spec("revisionHistoryLimit: 0");
    world.aws().aliases().move("hello-prod", "theirs", AliasTarget.only(new VersionNumber("1")));
    promote(2);
    promote(3);
    world.advance(Duration.ofMinutes(15));
    assertThat(versions()).containsExactly("1", "3");
  }

  @Test
  void aVersionThatAnAliasLeftRightBeforeALateListingStaysForTheWholeGrace() {
    spec("revisionHistoryLimit: 1");
    promote(2);
    promote(3);
    world.advance(Duration.ofMinutes(15));
    assertThat(versions()).as("2 has no alias, and is kept").containsExactly("2", "3");
    world.aws().aliases().move("hello-prod", "beta", AliasTarget.only(new VersionNumber("2")));
    world.aws().interfere(failing("ListAliases"));
    promote(4);
    world.advance(Duration.ofMinutes(6));

    world.aws().aliases().move("hello-prod", "beta", AliasTarget.only(new VersionNumber("4")));
    world.aws().interfere(Interference.NONE);
    world.aws().forgetCalls();
    boolean listed =
        world.advanceUntil(
            () -> world.aws().calls().contains("ListAliases"), Duration.ofMinutes(9));
    assertThat(listed).isTrue();
    assertThat(versions()).containsExactly("2", "3", "4");

    world.advance(Duration.ofMinutes(9));
    assertThat(versions()).containsExactly("2", "3", "4");
    world.advance(Duration.ofMinutes(2));
    assertThat(versions()).containsExactly("3", "4");
  }

  @Test
  void norDoesTheWaitGoOnThroughATimeInWhichNobodyListed() {
    spec("revisionHistoryLimit: 0");
    promote(2);
    assertThat(versions()).as("listed, and waited for").containsExactly("1", "2");
    spec("revisionHistoryLimit: 0\npaused: true");
    world.advance(Duration.ofHours(1));
    world.aws().aliases().move("hello-prod", "beta", AliasTarget.only(new VersionNumber("1")));
    world.advance(Duration.ofHours(1));
    world.aws().aliases().move("hello-prod", "beta", AliasTarget.only(new VersionNumber("2")));

    spec("revisionHistoryLimit: 0");
    world.advance(Duration.ofMinutes(9));
    assertThat(versions()).containsExactly("1", "2");
    world.advance(Duration.ofMinutes(2));
    assertThat(versions()).containsExactly("2");
  }

  private static Interference failing(String call) {
    return new Interference() {
      @Override
      public @Nullable AwsFailure before(String now) {
        return now.equals(call)
            ? new AwsFailure(AwsFailure.Kind.UNAVAILABLE, call, "made to fail")
            : null;
      }
    };
  }

  @Test
  void aProcessThatDiedBeforeItDeletedIsFollowedByOneThatDoes() {
    spec("revisionHistoryLimit: 0");
    promote(2);
    world.restart();
    world.advance(Duration.ofHours(1));
    assertThat(versions()).containsExactly("2");
  }
}
