package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryStoryTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");

  private static AliasTarget split(int percent) {
    return AliasTarget.split(ONE, TWO, Weight.ofPercent(percent));
  }

  @Test
  void aFirstReleaseSkipsTheStepsAndBakes() {
    Story story = new Story();
    story.function = new FunctionFact.Absent();
    story.untilQuiet();
    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(
            Decision.Deploy.class, Decision.Publish.class, Decision.CreateAlias.class);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));

    Verdict verdict = story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.mark().description()).isEqualTo("lr1 o=0123456789 s=1:A");
    assertThat(verdict.standing()).isEqualTo(new Standing.Healthy());
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.PROMOTED);
  }

  @Test
  void aCanaryTakesOneCallAStepAndCountsEachPauseFromTheConfirmedWeight() {
    Story story = Story.withStableA();
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(split(10));
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plusSeconds(300));

    story.pass(Duration.ofMinutes(4));
    assertThat(story.target()).isEqualTo(split(10));
    // Down for hours: the next step is due at once, the one after it a full pause later.
    story.pass(Duration.ofHours(3));
    assertThat(story.target()).isEqualTo(split(50));
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plusSeconds(300));

    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(AliasTarget.only(TWO));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(
            Decision.Publish.class,
            Decision.ShiftTo.class,
            Decision.ShiftTo.class,
            Decision.Promote.class,
            Decision.WriteMark.class);
  }

  @Test
  void withoutABakeThePromotingCallItselfMarksTheNewStable() {
    Story story = Story.withStableA();
    story.plan = Story.plan(AlarmPolicy.DEFAULT, Duration.ZERO, List.of());
    story.untilQuiet();
    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(Decision.Publish.class, Decision.Promote.class);
    assertThat(story.mark().description()).isEqualTo("lr1 o=0123456789 s=2:B");
    assertThat(story.progress.standsOn(new ReleaseId("B"))).isTrue();
  }

  @Test
  void nothingIsPublishedWhenAVersionCarriesTheRelease() {
    Story story = Story.withStableA();
    story.versions.put(
        "B", new VersionFact.Published(TWO, VersionFact.State.ACTIVE, "sha-B", "role", null, null));
    story.untilQuiet();
    assertThat(story.decisions).hasExactlyElementsOfTypes(Decision.ShiftTo.class);
  }

  @Test
  void aPublishThatGivesStableItselfIsPromotedWithoutARollout() {
    Story story = Story.withStableA();
    story.versions.put("B", story.versions.get("A"));
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.stable().release()).isEqualTo(new ReleaseId("B"));
  }

  @Test
  void aVersionThatFailsOrCodeThatIsAnotherFailsBeforeTraffic() {
    Story failed = Story.withStableA();
    failed.publishedAs = VersionFact.State.FAILED;
    failed.untilQuiet();
    assertThat(failed.progress.phase()).isEqualTo(StagePhase.FAILED);
    assertThat(failed.target()).isEqualTo(AliasTarget.only(ONE));

    Story wrong = Story.withStableA();
    wrong.codeSha256 = "other";
    wrong.untilQuiet();
    assertThat(wrong.decisions).isEmpty();
    assertThat(wrong.last.why()).contains("spec.code.sha256 is other, AWS deployed sha-B");
    assertThat(wrong.last.standing()).isEqualTo(new Standing.Degraded("Failed"));
  }

  @Test
  void aStageWaitsForTheOneBefore() {
    Story story = Story.withStableA();
    story.stageBefore = new StageBefore.NotThere("dev", "it is at 10%");
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PENDING);
    assertThat(story.last.why()).isEqualTo("waits for stage dev: it is at 10%");
  }

  @Test
  void versionsWithDifferentRolesWaitForAPerson() {
    Story story = Story.withStableA();
    story.role = "another";
    story.untilQuiet();
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.NOT_SHIFTABLE);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
    story.person(OpenAction.Verb.ABORT);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void anIndefinitePauseEndsByPromoteOrItsTimeout() {
    Story story = Story.withStableA();
    story.plan =
        Story.plan(
            AlarmPolicy.DEFAULT,
            null,
            List.of(
                new Entry.SetWeight(Weight.ofPercent(10)),
                new Entry.IndefinitePause(Duration.ofHours(1), Entry.OnTimeout.ABORT)));
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(story.last.standing()).isEqualTo(new Standing.Paused("CanaryPauseStep"));
    Story nobody = story;
    nobody.pass(Duration.ofMinutes(59));
    assertThat(nobody.progress.phase()).isEqualTo(StagePhase.PAUSED);
    nobody.pass(Duration.ofMinutes(1));
    assertThat(nobody.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(nobody.progress.history().getFirst().outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(nobody.target()).isEqualTo(AliasTarget.only(ONE));

    nobody.person(OpenAction.Verb.RETRY);
    nobody.person(OpenAction.Verb.PROMOTE);
    assertThat(nobody.target()).isEqualTo(AliasTarget.only(TWO));
    assertThat(nobody.versions).as("one release, one version").hasSize(2);
  }

  @Test
  void promoteEndsATimedPauseAndNamesTheStepItMeans() {
    Story story = Story.withStableA();
    story.untilQuiet();
    OpenAction late = new OpenAction("u", OpenAction.Verb.PROMOTE, "alice", null, null, 3);
    story.untilQuiet(late);
    assertThat(story.target()).isEqualTo(split(10));
    story.person(OpenAction.Verb.PROMOTE);
    assertThat(story.target()).isEqualTo(split(50));
  }

  @Test
  void anActionIsNeverAppliedTwice() {
    Story story = Story.withStableA();
    story.untilQuiet();
    OpenAction promote = story.action(OpenAction.Verb.PROMOTE);
    story.untilQuiet(promote);
    Verdict again = RolloutDecider.decide(story.progress, story.observe(List.of(promote)));
    assertThat(again.progress()).isEqualTo(story.progress);
    assertThat(again.actions())
        .as("told as it was told at first")
        .containsExactly(new JudgedAction(promote.uid(), true, "pause ended by alice: because"));
  }

  @Test
  void abortTakesTrafficBackAndIsRemembered() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.person(OpenAction.Verb.ABORT);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
    assertThat(story.mark().description()).isEqualTo("lr1 o=0123456789 s=1:A x=2:B");
    assertThat(story.progress.history().getFirst().by()).isEqualTo("alice");
    story.decisions.clear();
    story.pass(Duration.ofDays(1));
    assertThat(story.decisions).as("not tried again").isEmpty();
  }

  @Test
  void pausedHoldsEveryStepAndNoRollback() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.paused = Observation.PausedBy.ROLLOUT;
    story.pass(Duration.ofHours(1));
    assertThat(story.target()).isEqualTo(split(10));
    assertThat(story.last.standing()).isEqualTo(new Standing.Paused("SpecPaused"));
    story.paused = null;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(split(50));
    story.paused = Observation.PausedBy.STAGE;
    story.person(OpenAction.Verb.ABORT);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
  }

  @Test
  void anInvalidSpecHoldsAndANewReleaseSupersedesByWayOfStable() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.invalid = new DesiredRelease.Invalid("LambdaFunction hello: spec.role", "found none");
    story.pass(Duration.ofMinutes(20));
    assertThat(story.target()).isEqualTo(split(10));
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("InvalidSpec"));
    story.invalid = null;
    story.desired = "C";
    story.decisions.clear();
    story.untilQuiet();
    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(
            Decision.RollBack.class,
            Decision.ReadAlias.class,
            Decision.Publish.class,
            Decision.ShiftTo.class);
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.SUPERSEDED);
  }

  @Test
  void aReleaseThatIsNotDueYetLetsAPublishedCandidateGoOn() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.desired = "C";
    story.stageBefore = new StageBefore.NotThere("dev", "bakes");
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(split(50));
  }

  @Test
  void stablesOwnReleaseIsDueAtOnce() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.desired = "A";
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
  }

  @Test
  void theDeadlineRollsBackWhatIsStuckAndTellsTheLastFailure() {
    Story story = Story.withStableA();
    story.function = new FunctionFact.Unknown(denied("GetFunction"));
    story.lastFailure = denied("GetFunction");
    story.untilQuiet();
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plus(Duration.ofMinutes(30)));
    story.pass(Duration.ofMinutes(30));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.FAILED);
    assertThat(story.last.why()).contains("no progress for 30m in Deploying", "GetFunction: no");
  }

  @Test
  void theDeadlineTellsWhatWasWaitedFor() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = AlarmSample.State.MISSING;
    story.pass(Duration.ofHours(3));

    assertThat(story.progress.rejected().getFirst().cause().message())
        .contains("no progress for", "in Shifting", "alarm errors does not exist");
  }

  @Test
  void aRollbackThatAwsRefusesIsToldAsBlockedAndTriedForEver() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    Verdict verdict = RolloutDecider.decide(story.progress, story.observe(List.of()));
    story.progress = verdict.progress();
    story.lastFailure = denied("UpdateAlias");
    story.at = story.at.plus(Duration.ofDays(2));
    Verdict later = RolloutDecider.decide(story.progress, story.observe(List.of()));
    assertThat(later.decision()).isInstanceOf(Decision.RollBack.class);
    assertThat(later.standing()).isEqualTo(new Standing.Degraded("RollbackBlocked"));
    assertThat(later.why()).contains("AWS refuses it: UpdateAlias: no");

    story.lastFailure = denied("PutProvisionedConcurrencyConfig");
    assertThat(RolloutDecider.decide(story.progress, story.observe(List.of())).standing())
        .as("another call's refusal stands in no rollback's way")
        .isInstanceOf(Standing.Progressing.class);
  }

  @Test
  void aRollbackOfWhichTheAliasMayNotBeReadIsToldAsBlocked() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    story.progress = RolloutDecider.decide(story.progress, story.observe(List.of())).progress();
    story.alias = new AliasFact.Unknown(denied("GetAlias"));
    Verdict refused = story.untilQuiet();
    assertThat(refused.standing()).isEqualTo(new Standing.Degraded("RollbackBlocked"));
    assertThat(refused.why()).contains("alarm errors is in ALARM", "AWS refuses it: GetAlias: no");

    story.alias =
        new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetAlias", "503"));
    assertThat(story.untilQuiet().standing()).isEqualTo(new Standing.Progressing());
  }

  @Test
  void deletionLeavesTheAliasOnStableFromTheBakeToo() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.pass(Duration.ofMinutes(5));
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    story.deletion = Observation.Deletion.YES;
    Verdict verdict = RolloutDecider.decide(story.progress, story.observe(List.of()));
    assertThat(verdict.decision())
        .isInstanceOfSatisfying(
            Decision.RollBack.class,
            back -> assertThat(back.target()).isEqualTo(AliasTarget.only(ONE)));
  }

  @Test
  void whatIsAnothersIsNotTouched() {
    Story story = Story.withStableA();
    story.ownedBy = "shop/other is older";
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("OwnedByAnother"));
  }

  @Test
  void aPauseCountsFromTheWeightAsReadNotFromWhoeverLooksLater() {
    Story story = Story.withStableA();
    story.once();
    while (story.target().additional() == null) {
      story.once();
    }
    story.alias =
        new AliasFact.Present(story.target(), "r", story.mark(), story.at, AliasFact.Source.READ);
    Instant read = story.at;
    story.at = story.at.plusSeconds(40);
    story.untilQuiet();
    assertThat(story.progress.nextStepAt()).isEqualTo(read.plus(Duration.ofMinutes(5)));
  }

  private static AwsFailure denied(String operation) {
    return new AwsFailure(AwsFailure.Kind.DENIED, operation, "no");
  }

  @Test
  void aFirstShiftThatMayBeOnItsWayIsFencedOffByARollbackThatMovesNothing() {
    Story story = Story.withStableA();
    AliasFact before = story.alias;
    story.untilQuiet();
    story.progress =
        story.progress.with().weight(Weight.NONE).entryIndex(0).nextStepAt(null).build();
    story.alias = before;
    story.decisions.clear();
    story.person(OpenAction.Verb.ABORT);

    assertThat(story.decisions).hasExactlyElementsOfTypes(Decision.RollBack.class);
  }

  @Test
  void whatAwsGivesTheVersionOfARejectedReleaseIsRejectedToo() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.person(OpenAction.Verb.ABORT);
    story.versions.put("B2", story.versions.get("B"));
    story.desired = "B2";
    story.decisions.clear();
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.decisions).as("no traffic moves").isEmpty();
    assertThat(story.last.why()).contains("which was rejected as release B");
  }

  @Test
  void underDriftPromoteIsRefusedUntilTheAliasIsBack() {
    Story story = Story.withStableA();
    story.plan =
        Story.plan(
            AlarmPolicy.DEFAULT,
            null,
            List.of(
                new Entry.SetWeight(Weight.ofPercent(10)), new Entry.IndefinitePause(null, null)));
    story.untilQuiet();
    AliasTarget ten = story.target();
    story.aliasIs(
        AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(30)));
    story.person(OpenAction.Verb.PROMOTE);
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.DRIFT);
    story.aliasIs(ten);
    story.untilQuiet();
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.CANARY_PAUSE_STEP);
    story.person(OpenAction.Verb.PROMOTE);
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("2")));
  }

  @Test
  void aPauseWithATimeoutDoesNotRunOnWhileTheSpecIsPaused() {
    Story story = Story.withStableA();
    story.plan =
        Story.plan(
            AlarmPolicy.DEFAULT,
            null,
            List.of(
                new Entry.SetWeight(Weight.ofPercent(10)),
                new Entry.IndefinitePause(Duration.ofHours(1), Entry.OnTimeout.ABORT)));
    story.untilQuiet();
    story.paused = Observation.PausedBy.ROLLOUT;
    story.pass(Duration.ofMinutes(1));
    assertThat(story.last.standing()).isEqualTo(new Standing.Paused("SpecPaused"));
    story.pass(Duration.ofHours(2));
    story.paused = null;
    story.pass(Duration.ofMinutes(1));
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.CANARY_PAUSE_STEP);
    story.pass(Duration.ofHours(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }
}
