package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.OpenAction.Asker;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Approve and Reject, and the gate that waits for them. */
class ApprovalTest {
  private int uids;

  private OpenAction word(Verb verb, String by, String release) {
    return word(verb, by, release, Asker.PERSON);
  }

  private OpenAction word(Verb verb, String by, String release, Asker asker) {
    return new OpenAction(
        "uid-" + ++uids, verb, by, "checked", new ReleaseId(release), null, null, asker);
  }

  private static Story awaitingTwo(Duration timeout) {
    Story story = Story.withStableA();
    story.approval = new ApprovalPolicy(2, timeout);
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    return story;
  }

  /** The message of an action that was refused at once. */
  private static String refusal(Story story, OpenAction action) {
    JudgedAction judged =
        RolloutDecider.decide(story.progress, story.observe(List.of(action))).actions().getFirst();
    assertThat(judged.applied()).as(judged.message()).isFalse();
    return judged.message();
  }

  @Test
  void trafficMovesOnceTwoDifferentPeopleHaveApproved() {
    Story story = awaitingTwo(null);
    assertThat(story.last.standing()).isEqualTo(new Standing.Paused("AwaitingApproval"));
    assertThat(story.last.why()).contains("waits for approval of release B: 0 of 2");
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    assertThat(story.last.why()).contains("1 of 2 (alice)");
    assertThat(refusal(story, word(Verb.APPROVE, "alice", "B"))).contains("another person");
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    story.untilQuiet(word(Verb.APPROVE, "bob", "B"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(story.progress.gatesOpenSince()).isNull();
  }

  @Test
  void anApprovalGivenWhileTheStageIsPendingCounts() {
    Story story = Story.withStableA();
    story.approval = new ApprovalPolicy(1, null);
    story.stageBefore = new StageBefore.NotThere("dev", "it is Shifting");
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PENDING);
    story.stageBefore = new StageBefore.Stands("dev", null);
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void anApprovalEndsWhenTheStageLeavesTheRelease() {
    Story story = awaitingTwo(null);
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    story.desired = "C";
    story.untilQuiet();
    assertThat(story.progress.approvals()).isEmpty();
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.last.why()).contains("0 of 2");
  }

  @Test
  void aWordOnAReleaseThatIsNeitherCandidateNorDesiredIsRefused() {
    Story story = awaitingTwo(null);
    assertThat(refusal(story, word(Verb.APPROVE, "alice", "A"))).contains("neither the candidate");
    assertThat(refusal(story, word(Verb.REJECT, "alice", "X"))).contains("neither the candidate");
  }

  @Test
  void aWordOfNobodyOrOfAnIgnoredUserIsRefused() {
    Story story = awaitingTwo(null);
    assertThat(refusal(story, word(Verb.APPROVE, "somebody", "B", Asker.NOBODY)))
        .contains("spec.requestedBy is missing");
    assertThat(refusal(story, word(Verb.APPROVE, "argocd", "B", Asker.IGNORED)))
        .contains("approvals-ignored-users");
  }

  @Test
  void aWordAfterTrafficHasMovedIsRefused() {
    Story story = Story.withStableA();
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(refusal(story, word(Verb.REJECT, "alice", "B"))).contains("Abort");
    assertThat(refusal(story, word(Verb.APPROVE, "alice", "B"))).contains("Abort");
  }

  @Test
  void aRejectedReleaseMovesNoTrafficUntilRetryWhichAsksAnew() {
    Story story = awaitingTwo(null);
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    story.untilQuiet(word(Verb.REJECT, "bob", "B"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
    var ended = story.progress.history().getFirst();
    assertThat(ended.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(ended.by()).isEqualTo("bob");
    assertThat(ended.cause()).contains("rejected by bob (checked)", "approved by alice (checked)");
    assertThat(story.decisions).noneMatch(Decision.ShiftTo.class::isInstance);
    story.person(Verb.RETRY);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    assertThat(story.progress.approvals()).isEmpty();
  }

  @Test
  void aFirstReleaseThatIsRejectedIsRejectedAndLeavesNoAlias() {
    Story story = new Story();
    story.approval = new ApprovalPolicy(1, null);
    story.untilQuiet();
    story.untilQuiet(word(Verb.REJECT, "bob", "A"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
    assertThat(story.target()).isNull();
  }

  @Test
  void aReleaseIsRejectedWhileItWaitsForTheStageBefore() {
    Story story = Story.withStableA();
    story.stageBefore = new StageBefore.NotThere("dev", "it is Shifting");
    story.untilQuiet();
    story.untilQuiet(word(Verb.REJECT, "bob", "B"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
    story.stageBefore = new StageBefore.Stands("dev", null);
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
  }

  @Test
  void nobodyCameInTimeIsARejection() {
    Story story = awaitingTwo(Duration.ofHours(24));
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    story.pass(Duration.ofHours(24).minusMillis(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    story.pass(Duration.ofMillis(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
    assertThat(story.progress.history().getFirst().cause()).contains("1 of 2 people approved");
  }

  @Test
  void anotherGateThatClosesSendsItBackAndTheTimeoutCountsAnew() {
    Story story = awaitingTwo(Duration.ofHours(1));
    story.pass(Duration.ofMinutes(50));
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(story.progress.pause().from()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(story.progress.gatesOpenSince()).isNull();
    story.alarm = AlarmSample.State.OK;
    story.pass(Duration.ofMinutes(50));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    assertThat(story.progress.gatesOpenSince()).isEqualTo(story.at);
  }

  @Test
  void aWindowThatClosesMeanwhileRenewsTheTimeout() {
    Story story = awaitingTwo(Duration.ofHours(1));
    story.pass(Duration.ofMinutes(50));
    story.gates = closedUntil(story.at.plus(Duration.ofMinutes(50)));
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    story.gates = Gates.OPEN;
    story.pass(Duration.ofMinutes(50));
    story.pass(Duration.ofMinutes(59));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    story.pass(Duration.ofMinutes(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.REJECTED);
  }

  private static Gates closedUntil(Instant moment) {
    return new Gates(
        null, null, new Gates.Window(false, moment, "office", Gates.OnClose.HOLD), Gates.Slot.FREE);
  }

  @Test
  void aPausedRolloutHoldsAnApprovedRelease() {
    Story story = awaitingTwo(Duration.ofHours(1));
    story.paused = Observation.PausedBy.ROLLOUT;
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"), word(Verb.APPROVE, "bob", "B"));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(story.target()).isEqualTo(AliasTarget.only(story.progress.stable().version()));
    story.paused = null;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void thePolicyIsTheStagesOwnOfThisMoment() {
    Story story = awaitingTwo(null);
    story.approval = ApprovalPolicy.NONE;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void waitingForPeopleIsNoLackOfProgress() {
    Story story = awaitingTwo(null);
    story.pass(Duration.ofDays(30));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
  }
}
