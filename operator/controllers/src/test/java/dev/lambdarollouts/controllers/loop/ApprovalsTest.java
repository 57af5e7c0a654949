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
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** People agree to a release before its traffic moves. */
class ApprovalsTest {
  private static final String TWO = "approval: {minApprovals: 2, timeout: 24h}";

  private final ModelWorld world =
      ModelWorld.promoted(Manifests.strategy("allAtOnce: {}\nbakeTime: 1m\n"), "prod");

  private void release(String approval) {
    world.cluster().apply(Manifests.stage("prod", approval));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
  }

  private RolloutActionStatus word(String name, String who, String verb) {
    String release = Objects.requireNonNull(world.stage("prod").desiredRelease());
    world.cluster().apply(Manifests.actionBy(who, name, verb, "stage: prod\nrelease: " + release));
    world.settle();
    return told(name);
  }

  private RolloutActionStatus told(String name) {
    return Objects.requireNonNull(
            world.cluster().stored(RolloutAction.class, new ObjectKey("shop", name)))
        .status()
        .orElseThrow()
        .valid()
        .orElseThrow();
  }

  @Test
  void twoPeopleApproveAndOnePersonTwiceDoesNotCount() {
    release(TWO);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    assertThat(world.stage("prod").gatesOpenSince()).isNotNull();
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.PAUSED);

    assertThat(word("a1", "alice", "Approve").phase()).isEqualTo(Phase.APPLIED);
    assertThat(word("a2", "alice", "Approve").phase()).isEqualTo(Phase.REFUSED);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    assertThat(world.stage("prod").approvals()).extracting("by").containsExactly("alice");
    assertThat(word("b", "bob", "Approve").message()).endsWith("approved by bob: 2 of 2");

    world.advance(Duration.ofMinutes(2));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").history().getFirst().cause())
        .contains("approved by alice", "approved by bob");
  }

  @Test
  void anApprovalOutlivesARestartAndIsCountedOnce() {
    release(TWO);
    world.cluster().interfere(new DiesAt("PatchActionStatus"));
    DiesAt.run(() -> word("a", "alice", "Approve"));
    world.cluster().interfere(Interference.NONE);
    world.restart();
    world.advance(Duration.ofMinutes(1));

    assertThat(told("a").phase()).isEqualTo(Phase.APPLIED);
    assertThat(world.stage("prod").approvals()).hasSize(1);
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
  }

  @Test
  void aRejectEndsItAndMovesNothing() {
    release(TWO);
    int moves = world.aws().aliases().moves().size();

    assertThat(word("no", "bob", "Reject").phase()).isEqualTo(Phase.APPLIED);

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.REJECTED);
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    HistoryEntry ended = world.stage("prod").history().getFirst();
    assertThat(ended.outcome()).isEqualTo(HistoryEntry.Outcome.REJECTED);
    assertThat(ended.by()).isEqualTo("bob");
    assertThat(world.aws().aliases().moves()).hasSize(moves);
  }

  @Test
  void nobodyCameInTime() {
    release(TWO);

    world.advance(Duration.ofHours(25));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.REJECTED);
    assertThat(world.stage("prod").rejectedReleases().getFirst().cause().type())
        .isEqualTo("ApprovalTimeout");
  }

  @Test
  void aUserWhoseApprovalsDoNotCountIsToldSo() {
    release(TWO);

    RolloutActionStatus told = word("robot", "robot", "Approve");

    assertThat(told.phase()).isEqualTo(Phase.REFUSED);
    assertThat(told.message()).contains("robot", "approvals-ignored-users");
  }

  @Test
  void takingTheApprovalOffTheStageLetsTheReleaseThrough() {
    release(TWO);

    world.cluster().apply(Manifests.stage("prod"));
    world.advance(Duration.ofMinutes(2));

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
  }
}
