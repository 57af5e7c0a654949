package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shifting is recorded, its first call was sent, and nobody knows what became of it: by the alias
 * as read the candidate has no traffic yet, and it may come at any time.
 */
class FirstShiftTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AliasTarget STABLE = AliasTarget.only(new VersionNumber("1"));
  private static final AliasTarget TEN =
      AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(10));

  private final Story story = sent(Story.withStableA());

  private static Story sent(Story story) {
    AliasFact before = story.alias;
    do {
      story.once();
    } while (story.progress.phase() != StagePhase.SHIFTING);
    story.alias = before instanceof AliasFact.Present at ? read(at) : before;
    story.decisions.clear();
    assertThat(story.progress.weight()).isEqualTo(Weight.NONE);
    return story;
  }

  /** After a call without a reply. */
  private static AliasFact read(AliasFact.Present at) {
    return new AliasFact.Present(
        at.target(), at.revisionId(), at.mark(), at.at(), AliasFact.Source.READ);
  }

  private static OpenAction word(Verb verb, String by, String release) {
    return new OpenAction(
        "uid-" + verb + by,
        verb,
        by,
        "checked",
        new ReleaseId(release),
        null,
        null,
        OpenAction.Asker.PERSON);
  }

  private void window(boolean open) {
    Instant change = open ? null : story.at.plus(HOUR);
    story.gates =
        new Gates(
            null,
            null,
            new Gates.Window(open, change, open ? "" : "office", Gates.OnClose.FINISH),
            Gates.Slot.FREE);
  }

  private void isFencedOff(StagePhase ends) {
    assertThat(story.decisions).first().isInstanceOf(Decision.RollBack.class);
    assertThat(story.decisions).noneMatch(Decision.ShiftTo.class::isInstance);
    assertThat(story.target()).isEqualTo(STABLE);
    assertThat(story.progress.phase()).isEqualTo(ends);
  }

  private void holdsInPlace(Standing standing) {
    assertThat(story.decisions).isEmpty();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(story.last.standing()).isEqualTo(standing);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"ABORT", "ROLL_BACK"})
  void whatIsPausedIsFencedOffByWhatEndsIt(Verb verb) {
    story.person(Verb.PAUSE);
    assertThat(story.progress.pause().from()).isEqualTo(StagePhase.SHIFTING);
    story.person(verb);

    isFencedOff(StagePhase.ROLLED_BACK);
  }

  @Test
  void whatIsPausedIsFencedOffBeforeItMakesWay() {
    Pause pause =
        new Pause(Pause.Reason.PROGRESS_DEADLINE_EXCEEDED, StagePhase.SHIFTING, story.at, null);
    story.progress = story.progress.with().phase(StagePhase.PAUSED).pause(pause).build();
    story.approval = new ApprovalPolicy(1, null);
    story.desired = "C";
    story.untilQuiet();

    isFencedOff(StagePhase.AWAITING_APPROVAL);
  }

  @Test
  void aSoakThatBeginsAnewIsWaitedForAndIsNoLackOfProgress() {
    Duration soak = Duration.ofDays(9);
    story.gates =
        new Gates(
            new Gates.Soak("sit", story.at, soak), null, Gates.Window.ALWAYS, Gates.Slot.FREE);
    story.untilQuiet();
    holdsInPlace(new Standing.Progressing());
    assertThat(story.last.why()).startsWith("before traffic, version 2 (rB): waits until");
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plus(soak));
    Progress waits = story.progress;
    AliasFact read = story.alias;
    story.alias =
        new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetAlias", "503"));
    story.pass(soak.minusSeconds(1));
    assertThat(story.progress).as("nothing is written meanwhile").isEqualTo(waits);
    story.alias = read;
    story.untilQuiet();
    holdsInPlace(new Standing.Progressing());
    story.pass(Duration.ofSeconds(1));
    assertThat(story.target()).isEqualTo(TEN);
  }

  @Test
  void whatAStageBeforeTookBackMeanwhileGetsNoTraffic() {
    story.gates = new Gates(null, "sit", Gates.Window.ALWAYS, Gates.Slot.FREE);
    story.pass(Duration.ofDays(9));
    holdsInPlace(new Standing.Progressing());
    assertThat(story.last.why()).contains("stage sit promoted this release and then rejected it");
  }

  @Test
  void aWindowThatClosesHoldsUnderFinishToo() {
    window(false);
    story.untilQuiet();
    holdsInPlace(new Standing.Paused("WindowClosed"));
    assertThat(story.last.why()).startsWith("before traffic, version 2 (rB): the window is closed");
  }

  @Test
  void theSlotIsItsOwnAlready() {
    story.gates = Gates.OPEN.with(new Gates.Slot(false, "waits for a slot"));
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(TEN);
  }

  @Test
  void anApprovalThatIsMissingNowIsWaitedForInPlaceHoweverLongItTakes() {
    story.approval = new ApprovalPolicy(1, null);
    story.pass(Duration.ofDays(9));
    holdsInPlace(new Standing.Paused("AwaitingApproval"));
    assertThat(story.last.why()).contains("waits for approval of release B: 0 of 1");
    story.untilQuiet(word(Verb.APPROVE, "alice", "B"));
    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.progress.gatesOpenSince()).isNull();
  }

  @Test
  void anApprovalThatNobodyGivesInTimeIsARejectionAndTheTimeCountsAnewAfterAnotherGate() {
    story.approval = new ApprovalPolicy(1, HOUR);
    story.untilQuiet();
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plus(HOUR));
    story.pass(Duration.ofMinutes(50));
    window(false);
    story.pass(Duration.ofMinutes(20));
    holdsInPlace(new Standing.Paused("WindowClosed"));
    window(true);
    story.pass(Duration.ofMinutes(40));
    story.pass(Duration.ofMinutes(59));
    holdsInPlace(new Standing.Paused("AwaitingApproval"));
    story.pass(Duration.ofMinutes(1));
    isFencedOff(StagePhase.REJECTED);
  }

  @Test
  void whenTrafficHasMovedNoApprovalIsAskedForAnyMore() {
    story.untilQuiet();
    story.approval = new ApprovalPolicy(1, null);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(50));
  }

  @Test
  void aRejectIsFencedOffAndRemembersWho() {
    story.untilQuiet(word(Verb.REJECT, "bob", "B"));
    isFencedOff(StagePhase.REJECTED);
    HistoryEntry ended = story.progress.history().getFirst();
    assertThat(ended.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(ended.by()).isEqualTo("bob");
    assertThat(ended.cause()).isEqualTo("rejected by bob (checked)");
  }

  @Test
  void whatIsPausedCanBeRejectedToo() {
    story.person(Verb.PAUSE);
    story.untilQuiet(word(Verb.REJECT, "bob", "B"));
    isFencedOff(StagePhase.REJECTED);
  }

  @Test
  void aFirstReleaseIsHeldAndRejectedWithoutAnAlias() {
    Story first = sent(new Story());
    first.gates = new Gates(null, "sit", Gates.Window.ALWAYS, Gates.Slot.FREE);
    first.untilQuiet();
    assertThat(first.decisions).isEmpty();
    first.untilQuiet(word(Verb.REJECT, "bob", "A"));
    assertThat(first.progress.phase()).isEqualTo(StagePhase.REJECTED);
    assertThat(first.target()).isNull();
  }

  @Test
  void aDeletionFencesItOffBeforeAnythingIsLetGo() {
    story.deletion = Observation.Deletion.YES;

    story.once();
    assertThat(story.last.decision()).isInstanceOf(Decision.RollBack.class);
    story.once();
    assertThat(story.last.decision()).isInstanceOf(Decision.LetGo.class);
  }
}
