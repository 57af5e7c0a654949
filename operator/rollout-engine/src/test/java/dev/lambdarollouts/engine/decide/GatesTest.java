package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Soak, windows and slots: what holds, what tells, and what they never stop. */
class GatesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Story story = Story.withStableA();

  private void window(boolean open, Instant nextChange, Gates.OnClose onClose) {
    story.gates =
        new Gates(
            null,
            null,
            new Gates.Window(open, nextChange, open ? "" : "Allow office", onClose),
            Gates.Slot.FREE);
  }

  private void slotTaken() {
    story.gates = Gates.OPEN.with(new Gates.Slot(false, "waits for a slot"));
  }

  @Test
  void aClosedWindowHoldsBeforeTrafficAndSaysWhenItOpens() {
    Instant opens = story.at.plus(HOUR);
    window(false, opens, Gates.OnClose.FINISH);

    Verdict verdict = story.untilQuiet();

    assertThat(verdict.progress().phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(verdict.standing()).isEqualTo(new Standing.Paused("WindowClosed"));
    assertThat(verdict.why()).contains("Allow office").contains(opens.toString().substring(0, 19));
    assertThat(verdict.wakeAt()).isEqualTo(opens);
    assertThat(story.progress.gatesOpenSince()).isNull();
  }

  @Test
  void aWaitForAWindowIsNoLackOfProgress() {
    window(false, story.at.plus(Duration.ofDays(10)), Gates.OnClose.HOLD);
    story.untilQuiet();

    Verdict verdict = story.pass(Duration.ofDays(9));

    assertThat(verdict.progress().phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    window(true, null, Gates.OnClose.HOLD);
    assertThat(story.pass(Duration.ofDays(1)).progress().phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void whenAWindowOpensTheDeadlineBeginsAnewEvenIfAlarmsHaveToBeReadFirst() {
    window(false, story.at.plus(HOUR), Gates.OnClose.HOLD);
    story.untilQuiet();
    window(true, null, Gates.OnClose.HOLD);
    story.alarm = AlarmSample.State.UNKNOWN;

    assertThat(story.pass(HOUR.multipliedBy(9)).progress().phase())
        .isEqualTo(StagePhase.PRE_TRAFFIC);

    story.alarm = AlarmSample.State.OK;
    assertThat(story.pass(Duration.ofSeconds(5)).progress().phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void afterAWindowOpenedTheDeadlineCounts() {
    window(false, story.at.plus(HOUR), Gates.OnClose.HOLD);
    story.untilQuiet();
    window(true, null, Gates.OnClose.HOLD);
    story.alarm = AlarmSample.State.UNKNOWN;
    story.pass(HOUR.multipliedBy(9));

    assertThat(story.pass(HOUR.multipliedBy(9)).progress().phase())
        .isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aWindowThatClosesHoldsACanaryAtItsWeightAndTheNextStepIsShown() {
    story.untilQuiet();
    Instant opens = story.at.plus(HOUR);
    window(false, opens, Gates.OnClose.HOLD);

    Verdict verdict = story.pass(Duration.ofMinutes(5));

    assertThat(verdict.decision()).isEqualTo(new Decision.Hold());
    assertThat(verdict.progress().weight()).isEqualTo(Weight.ofPercent(10));
    assertThat(verdict.progress().nextStepAt()).isEqualTo(opens);
    assertThat(verdict.standing()).isEqualTo(new Standing.Paused("WindowClosed"));
    window(true, null, Gates.OnClose.HOLD);
    story.pass(HOUR);
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(50));
  }

  @Test
  void underFinishACanaryUnderWayGoesOnWhenItsWindowCloses() {
    story.untilQuiet();
    window(false, story.at.plus(HOUR), Gates.OnClose.FINISH);

    story.pass(Duration.ofMinutes(5));

    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(50));
  }

  @Test
  void aClosedWindowNeverStopsARollback() {
    story.untilQuiet();
    window(false, story.at.plus(HOUR), Gates.OnClose.HOLD);
    story.pass(Duration.ofMinutes(5));
    story.alarm = AlarmSample.State.ALARM;

    story.pass(Duration.ofSeconds(10));

    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aTakenSlotHoldsBeforeTrafficAsProgressingAndWithoutADeadline() {
    slotTaken();
    story.untilQuiet();

    Verdict verdict = story.pass(Duration.ofDays(9));

    assertThat(verdict.progress().phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(verdict.standing()).isEqualTo(new Standing.Progressing());
    assertThat(RolloutDecider.waitsForSlot(story.progress, story.observe(List.of()))).isTrue();
    story.gates = Gates.OPEN;
    story.pass(Duration.ofSeconds(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void aStageWaitsUntilTheOneBeforeHasSoaked() {
    story.stageBefore = new StageBefore.Stands("sit", null);
    story.gates =
        new Gates(
            new Gates.Soak("sit", story.at, Duration.ofMinutes(10)),
            null,
            Gates.Window.ALWAYS,
            Gates.Slot.FREE);
    Verdict verdict = story.untilQuiet();
    assertThat(verdict.progress().phase()).isEqualTo(StagePhase.PENDING);
    assertThat(verdict.wakeAt()).isEqualTo(story.at.plus(Duration.ofMinutes(10)));
    assertThat(verdict.why()).contains("stage sit has to be stable for 10m");

    assertThat(story.pass(Duration.ofMinutes(9)).progress().phase()).isEqualTo(StagePhase.PENDING);
    assertThat(story.pass(Duration.ofMinutes(1)).progress().phase()).isEqualTo(StagePhase.SHIFTING);
  }

  @Test
  void aCandidateGivesWayOnlyOnceTheStageBeforeHasSoaked() {
    story.untilQuiet();
    story.desired = "C";
    Instant since = story.at;
    story.gates =
        new Gates(
            new Gates.Soak("sit", since, Duration.ofMinutes(2)),
            null,
            Gates.Window.ALWAYS,
            Gates.Slot.FREE);

    Verdict verdict = story.pass(Duration.ofMinutes(1));

    assertThat(verdict.progress().phase()).isEqualTo(StagePhase.SHIFTING);
    assertThat(verdict.wakeAt()).isEqualTo(since.plus(Duration.ofMinutes(2)));
    story.pass(Duration.ofMinutes(1));
    assertThat(story.progress.candidate().release().value()).isEqualTo("C");
  }

  @Test
  void aReleaseThatAStageBeforeTookBackGetsNoTraffic() {
    story.gates = new Gates(null, "sit", Gates.Window.ALWAYS, Gates.Slot.FREE);

    assertThat(story.untilQuiet().why()).contains("stage sit promoted this release and then");
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
  }

  @Test
  void whenAnotherGateClosesAnApprovalIsWaitedForAnew() {
    slotTaken();
    story.untilQuiet();
    story.progress =
        story.progress.with().phase(StagePhase.AWAITING_APPROVAL).gatesOpenSince(story.at).build();

    story.pass(Duration.ofMinutes(1));

    assertThat(story.progress.phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(story.progress.gatesOpenSince()).isNull();
  }

  @Test
  void pausedRenewsTheTimeSinceWhichTheGatesAreOpen() {
    slotTaken();
    story.untilQuiet();
    story.progress = story.progress.with().gatesOpenSince(story.at).build();
    story.gates = Gates.OPEN;
    story.paused = Observation.PausedBy.ROLLOUT;

    story.pass(Duration.ofMinutes(1));

    Progress paused = story.progress;
    assertThat(paused.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(paused.gatesOpenSince()).isNull();
  }
}
