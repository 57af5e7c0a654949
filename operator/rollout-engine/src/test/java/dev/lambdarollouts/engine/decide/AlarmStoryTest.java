package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.AlarmPolicy.AlreadyFiring;
import dev.lambdarollouts.engine.plan.AlarmPolicy.OnPollFailure;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmStoryTest {
  private static final AliasTarget STABLE = AliasTarget.only(new VersionNumber("1"));
  private static final AliasTarget TEN =
      AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(10));

  private static Plan plan(AlreadyFiring alreadyFiring, OnPollFailure onPollFailure) {
    return Story.plan(
        new AlarmPolicy(alreadyFiring, onPollFailure, Duration.ofSeconds(60)),
        null,
        List.of(
            new Entry.SetWeight(Weight.ofPercent(10)),
            new Entry.TimedPause(Duration.ofMinutes(5))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 10})
  void anAlarmTakesTheTrafficBackFromEveryStep(int minutes) {
    Story story = Story.withStableA();
    story.untilQuiet();
    for (int passed = 0; passed < minutes; passed += 5) {
      story.pass(Duration.ofMinutes(5));
    }
    story.alarm = State.ALARM;
    story.decisions.clear();
    story.untilQuiet();
    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(Decision.RollBack.class, Decision.ReadAlias.class);
    assertThat(story.target()).isEqualTo(STABLE);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.progress.rejectionOf(new ReleaseId("B")).cause().type())
        .isEqualTo(Cause.Type.ALARM);
    assertThat(story.last.why())
        .isEqualTo(
            "version 1 serves; version 2 (rB) is RolledBack: alarm errors is in ALARM; release"
                + " another one, or Retry this one by a RolloutAction");
  }

  @Test
  void aFirstReleaseThatFailsKeepsItsAliasAndIsWhatTheNextGoesBackTo() {
    Story story = new Story();
    story.untilQuiet();
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.FAILED);
    assertThat(story.target()).isEqualTo(STABLE);
    story.alarm = State.OK;
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.mark().description()).contains("s=1:- c=2:B");
  }

  @Test
  void aNeverPromotedStableRetriedIsWalkedAsAFirstRelease() {
    Story story = new Story();
    story.untilQuiet();
    story.alarm = State.ALARM;
    story.untilQuiet();
    story.alarm = State.OK;
    story.decisions.clear();
    story.person(OpenAction.Verb.RETRY);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.standsOn(new ReleaseId("A"))).isTrue();
    assertThat(story.decisions).hasExactlyElementsOfTypes(Decision.WriteMark.class);
  }

  @Test
  void anAlarmThatFiresBeforeTrafficBlocksUntilItIsOk() {
    Story story = Story.withStableA();
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.ALARM_ALREADY_FIRING);
    story.alarm = State.OK;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(TEN);
  }

  @Test
  void promoteOverABlockExcusesTheAlarmUntilItWasSeenOk() {
    Story story = Story.withStableA();
    story.alarm = State.ALARM;
    story.untilQuiet();
    story.person(OpenAction.Verb.PROMOTE);
    assertThat(story.target()).isEqualTo(TEN);
    story.alarm = State.OK;
    story.untilQuiet();
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
  }

  @Test
  void underIgnoreAnAlarmThatFiresAlreadyIsExcused() {
    Story story = Story.withStableA();
    story.plan = plan(AlreadyFiring.IGNORE, OnPollFailure.HOLD);
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.progress.excused()).containsExactly("errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MISSING", "UNKNOWN"})
  void unknownNeverAdvances(String state) {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = State.valueOf(state);
    story.pass(Duration.ofMinutes(20));
    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.last.why()).startsWith("holds: alarm errors");
  }

  @Test
  void anOldSampleNeverAdvances() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.sampledAt = story.at.plus(Duration.ofMinutes(3));
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(TEN);
    story.sampledAt = null;
    story.untilQuiet();
    assertThat(story.target()).isNotEqualTo(TEN);
  }

  @Test
  void staleDataGoOnOrRollBackWhereTheUserSaysSo() {
    Story ignoring = Story.withStableA();
    ignoring.plan = plan(AlreadyFiring.BLOCK, OnPollFailure.IGNORE);
    ignoring.untilQuiet();
    ignoring.sampledAt = ignoring.at;
    ignoring.pass(Duration.ofMinutes(5));
    assertThat(ignoring.progress.phase()).isEqualTo(StagePhase.BAKING);

    Story strict = Story.withStableA();
    strict.plan = plan(AlreadyFiring.BLOCK, OnPollFailure.ROLLBACK);
    strict.untilQuiet();
    strict.sampledAt = strict.at;
    strict.pass(Duration.ofSeconds(61));
    assertThat(strict.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aNewLeaderGetsTimeForItsFirstPollBeforeStaleDataRollBack() {
    Story story = Story.withStableA();
    story.plan = plan(AlreadyFiring.BLOCK, OnPollFailure.ROLLBACK);
    story.untilQuiet();
    story.at = story.at.plusSeconds(120);
    story.leaderSince = story.at;
    story.alarm = State.UNKNOWN;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.last.wakeAt()).isNotNull();
  }

  @Test
  void anAlarmThatFiredWhileNobodyWatchedCountsAsFiringNow() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    story.at = story.at.plus(Duration.ofHours(3));
    story.watchedSince = story.at;
    story.leaderSince = story.at;
    story.transitionedAt = story.at.minusSeconds(600);
    story.untilQuiet();
    assertThat(story.target()).as("not known before its history is").isEqualTo(TEN);
    assertThat(RolloutDecider.decide(story.progress, story.observe(List.of())).why())
        .contains("its history is not known yet");
    story.historyFrom = stepStartedAt.minusSeconds(360);
    story.firedByHistory = stepStartedAt.plusSeconds(60);
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
  }

  @Test
  void whereOnlyTheHistoryTellsAClockThatIsOffHidesNoAlarm() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    story.at = story.at.plusSeconds(35);
    story.watchedSince = stepStartedAt.plusMillis(1);
    // AWS' clock is a minute behind that of the process which recorded the step.
    story.transitionedAt = stepStartedAt.minusSeconds(40);
    story.untilQuiet();
    assertThat(story.last.why()).contains("its history is not known yet");
    story.historyFrom = stepStartedAt.minusSeconds(360);
    story.firedByHistory = stepStartedAt.minusSeconds(50);
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
  }

  @Test
  void whatFiredBeforeTheLastRecordedChangeIsOfAnEarlierTry() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    story.recordedSince = stepStartedAt.minusSeconds(40);
    story.transitionedAt = story.recordedSince;
    story.firedByHistory = stepStartedAt.minusSeconds(50);
    story.at = story.at.plusSeconds(35);
    story.watchedSince = story.at;
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isNotEqualTo(STABLE);
  }

  @Test
  void aClockAheadOfAwsHidesNoAlarmOfAGapInPolling() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    // It fired 20 s into the step; AWS' clock is 30 s behind the one that recorded the step.
    story.recordedSince = stepStartedAt.minusSeconds(86_400);
    story.at = story.at.plusSeconds(95);
    story.watchedSince = story.at;
    story.transitionedAt = stepStartedAt.minusSeconds(5);
    story.untilQuiet();
    assertThat(story.last.why()).contains("its history is not known yet");

    story.historyFrom = stepStartedAt.minusSeconds(360);
    story.firedByHistory = stepStartedAt.minusSeconds(10);
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
  }

  @Test
  void anAlarmThatPollsSawOverBeforeTheStepDoesNotCountWhateverAGapIsLookedUp() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    // By a clock that is 5 minutes ahead of AWS', in which the change to OK is recorded.
    story.firedAt = stepStartedAt.minusSeconds(60);
    story.recordedSince = stepStartedAt.minusSeconds(355);
    story.transitionedAt = story.recordedSince;
    story.at = story.at.plusSeconds(95);
    story.watchedSince = story.at;
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isNotEqualTo(STABLE);
  }

  @Test
  void aClockBehindTheStepHasNotWatchedSinceTheStep() {
    Story story = Story.withStableA();
    story.untilQuiet();
    var stepStartedAt = story.progress.stepStartedAt();
    story.at = stepStartedAt.minusSeconds(20);
    story.watchedSince = story.at;
    story.transitionedAt = stepStartedAt.plusSeconds(10);
    story.untilQuiet();
    assertThat(story.last.why()).contains("its history is not known yet");
  }

  @Test
  void anAlarmOfTheTimeBeforeTheStepDoesNotCount() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.firedAt = story.progress.stepStartedAt().minusSeconds(1);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isNotEqualTo(STABLE);
  }

  @Test
  void aPersonWhoMovesTheAliasBackHasRolledBack() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.aliasIs(STABLE);
    story.decisions.clear();
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.progress.rejectionOf(new ReleaseId("B")).cause().type())
        .isEqualTo(Cause.Type.DRIFT);
    assertThat(story.decisions).as("the alias is left where it was put").isEmpty();
  }

  @Test
  void anAliasThatAPersonPutOnLatestIsNothingToGoBackTo() {
    Story story = new Story();
    story.untilQuiet();
    story.aliasIs(AliasTarget.only(new VersionNumber("$LATEST")));
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.FAILED);
    assertThat(story.progress.stable()).isNull();
  }

  @Test
  void anyOtherMoveHoldsInPlaceUntilItIsUndone() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.aliasIs(
        AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(77)));
    story.pass(Duration.ofHours(1));
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.DRIFT);
    assertThat(story.last.why())
        .isEqualTo(
            "somebody else moved the alias: it is on version 1 and 77% on version 2, recorded was"
                + " version 1 and 10% on version 2; put it back, Resume to restore it, or Abort");
    story.aliasIs(TEN);
    story.untilQuiet();
    assertThat(story.target()).isNotEqualTo(TEN);
  }

  @Test
  void aStepIsConfirmedOnlyWhenTheAlarmsPastSinceItBeganIsKnown() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.pass(Duration.ofMinutes(4));
    // The process dies right after its next call: fifty percent, and nobody has recorded it.
    Progress before = story.progress;
    story.pass(Duration.ofMinutes(1));
    AliasFact moved = story.alias;
    story.progress = before.with().entryIndex(2).nextStepAt(null).build();
    // Three hours later another one starts. The alarm fired and recovered; no poll came back yet.
    Instant fired = story.at.plusSeconds(3_600);
    story.at = story.at.plusSeconds(10_800);
    story.leaderSince = story.at;
    story.alias = moved;
    story.alarm = State.UNKNOWN;
    story.untilQuiet();
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));

    story.alarm = State.OK;
    story.transitionedAt = fired.plusSeconds(60);
    story.watchedSince = story.at;
    story.historyFrom = before.stepStartedAt().minusSeconds(360);
    story.firedByHistory = fired;
    story.untilQuiet();

    assertThat(story.target()).isEqualTo(STABLE);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aSampleFromTheFutureIsAsGoodAsNone() {
    Story story = Story.withStableA();
    story.untilQuiet();
    // The clock was set back by an hour, and no poll came back since.
    story.sampledAt = story.at.plusSeconds(3_600);
    story.pass(Duration.ofMinutes(5));

    assertThat(story.target()).isEqualTo(TEN);
    assertThat(story.last.why()).startsWith("holds: alarm errors was last read at");
  }

  @Test
  void whatFiredBeforeTheFirstRequestRejectsNothing() {
    Story story = Story.withStableA();
    story.untilQuiet();
    // Shifting was recorded, and the process died before its call; the alias is where it was.
    story.progress =
        story.progress.with().weight(Weight.NONE).entryIndex(0).nextStepAt(null).build();
    story.alias = new AliasFact.Present(STABLE, "r", story.mark(), story.at, AliasFact.Source.READ);
    story.at = story.at.plusSeconds(10_800);
    story.historyFrom = story.progress.stepStartedAt().minusSeconds(360);
    story.watchedSince = story.at;
    story.transitionedAt = story.at.minusSeconds(60);
    story.firedByHistory = story.at.minusSeconds(3_600);
    story.untilQuiet();

    assertThat(story.target()).isEqualTo(TEN);
  }

  @Test
  void aFirstReleaseThatFailedOutOfSightIsStillWhatTheNextGoesBackTo() {
    Story story = new Story();
    story.untilQuiet();
    AliasFact there = story.alias;
    story.alias =
        new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetAlias", "no answer"));
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.FAILED);

    story.alias = there;
    story.alarm = State.OK;
    story.desired = "B";
    story.untilQuiet();

    assertThat(story.target()).isEqualTo(TEN);
  }

  @Test
  void anExcusedAlarmThatWasOkAndFiresAgainWithinOneStepCounts() {
    Story story = Story.withStableA();
    story.plan = plan(AlreadyFiring.IGNORE, OnPollFailure.HOLD);
    story.alarm = State.ALARM;
    story.untilQuiet();
    // What the watcher tells: it fired until a moment after the step began, and then was OK.
    story.at = story.at.plusSeconds(10);
    story.firedAt = story.at.minusSeconds(5);
    story.okAt = story.at;
    story.alarm = State.OK;
    story.untilQuiet();
    assertThat(story.target()).as("what fired was excused").isEqualTo(TEN);
    story.at = story.at.plusSeconds(5);
    story.firedAt = story.at;
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(STABLE);
  }

  @Test
  void whyAnAlarmCannotBeReadIsTold() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.sampledAt = story.at;
    story.unanswered = new AwsFailure(AwsFailure.Kind.DENIED, "DescribeAlarms", "not authorized");
    story.pass(Duration.ofMinutes(2));
    assertThat(story.last.why()).contains("too long ago (DescribeAlarms: not authorized)");
  }

  @Test
  void aMessageOfARejectionNamesTheVersionThatWasRejected() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = State.ALARM;
    story.untilQuiet();
    story.alarm = State.OK;
    story.desired = "C";
    story.untilQuiet();
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.last.why()).startsWith("version 1 serves; version 2 (rB) is RolledBack:");
  }

  @Test
  void theMarkOfTheNextReleaseStillNamesTheRejectedOne() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = State.ALARM;
    story.untilQuiet();
    assertThat(story.mark().description()).endsWith("x=2:B");
    story.alarm = State.OK;
    story.desired = "C";
    story.untilQuiet();
    assertThat(story.mark().description()).endsWith("s=1:A c=3:C x=2:B");
    story.progress = Progress.BLANK;
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.progress.phase())
        .as("with the status lost too")
        .isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aStepThatDoesNotGoThroughSaysWhy() {
    Story story = Story.withStableA();
    story.lastFailure = new AwsFailure(AwsFailure.Kind.THROTTLED, "UpdateAlias", "Rate exceeded");
    while (!(story.last != null && story.last.decision() instanceof Decision.ShiftTo)) {
      story.once();
    }
    assertThat(story.last.why())
        .isEqualTo("10% to version 2 (rB); the last try failed: UpdateAlias: Rate exceeded");
  }
}
