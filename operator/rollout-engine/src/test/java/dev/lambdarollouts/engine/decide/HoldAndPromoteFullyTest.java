package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pause, Resume and PromoteFully. */
class HoldAndPromoteFullyTest {

  private static Story shifting() {
    Story story = Story.withStableA();
    story.untilQuiet();
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
    story.decisions.clear();
    return story;
  }

  private static String refusal(Story story, Verb verb) {
    JudgedAction judged =
        RolloutDecider.decide(story.progress, story.observe(List.of(story.action(verb))))
            .actions()
            .getFirst();
    assertThat(judged.applied()).as(judged.message()).isFalse();
    return judged.message();
  }

  @Test
  void aPauseHoldsUntilResumeHoweverLongItTakes() {
    Story story = shifting();
    story.person(Verb.PAUSE);
    story.pass(Duration.ofDays(3));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.ACTION_PAUSE);
    assertThat(story.last.why()).contains("paused by alice: because");
    assertThat(story.decisions).isEmpty();
    assertThat(refusal(story, Verb.PROMOTE)).contains("Resume");
    assertThat(refusal(story, Verb.PROMOTE_FULLY)).contains("Resume");
    assertThat(refusal(story, Verb.PAUSE)).contains("already");
    story.person(Verb.RESUME);
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(50));
  }

  @Test
  void nothingHoldsARollback() {
    Story story = shifting();
    story.alarm = AlarmSample.State.ALARM;
    story.once();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLING_BACK);
    assertThat(refusal(story, Verb.PAUSE)).contains("nothing holds a rollback");
  }

  @Test
  void aPausedCandidateIsStillRolledBackByItsAlarms() {
    Story story = shifting();
    story.person(Verb.PAUSE);
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.progress.pause()).isNull();
  }

  @Test
  void aPauseAtRestHoldsTheNextReleaseAndAsksForNothingItself() {
    Story story = shifting();
    story.person(Verb.PROMOTE_FULLY);
    story.pass(Duration.ofMinutes(10));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    story.person(Verb.PAUSE);
    assertThat(story.last.standing()).isEqualTo(new Standing.Healthy());
    story.desired = "C";
    story.untilQuiet();
    assertThat(story.progress.attempt()).isEqualTo(2);
    assertThat(story.last.standing()).isEqualTo(new Standing.Paused("ActionPause"));
    story.person(Verb.RESUME);
    assertThat(story.progress.attempt()).isEqualTo(3);
  }

  @Test
  void resumeEndsNothingButAPause() {
    Story story = shifting();
    assertThat(refusal(story, Verb.RESUME)).contains("no Pause");
  }

  @Test
  void promoteFullySkipsStepsAndPausesButNotTheBake() {
    Story story = shifting();
    story.person(Verb.PROMOTE_FULLY);
    assertThat(story.decisions).hasSize(1).first().isInstanceOf(Decision.Promote.class);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    story.alarm = AlarmSample.State.OK;
    story.pass(Duration.ofMinutes(10));
    var ended = story.progress.history().getFirst();
    assertThat(ended.outcome()).isEqualTo(Outcome.FAST_PROMOTED);
    assertThat(ended.by()).isEqualTo("alice");
    assertThat(ended.cause()).contains("promoted fully by alice: because");
  }

  @Test
  void promoteFullyDoesNotSkipAlarms() {
    Story story = shifting();
    story.alarm = AlarmSample.State.ALARM;
    story.person(Verb.PROMOTE_FULLY);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void promoteFullyDoesNotSkipApproval() {
    Story story = Story.withStableA();
    story.approval = new ApprovalPolicy(1, null);
    story.untilQuiet();
    story.person(Verb.PROMOTE_FULLY);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.AWAITING_APPROVAL);
    story.approval = ApprovalPolicy.NONE;
    story.untilQuiet();
    assertThat(story.decisions.getLast()).isInstanceOf(Decision.Promote.class);
  }

  @Test
  void promoteFullyEndsNotShiftable() {
    Story story = Story.withStableA();
    story.role = "another";
    story.untilQuiet();
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.NOT_SHIFTABLE);
    story.person(Verb.PROMOTE_FULLY);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    assertThat(story.decisions).noneMatch(Decision.ShiftTo.class::isInstance);
  }

  @Test
  void promoteFullyIsRefusedWhereThereAreNoStepsToSkip() {
    Story story = shifting();
    story.person(Verb.PROMOTE_FULLY);
    story.pass(Duration.ofSeconds(1));
    assertThat(refusal(story, Verb.PROMOTE_FULLY)).contains("no steps to skip");
  }

  @Test
  void theNextAttemptTakesItsStepsAgain() {
    Story story = shifting();
    story.person(Verb.PROMOTE_FULLY);
    story.pass(Duration.ofMinutes(10));
    story.desired = "C";
    story.untilQuiet();
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
  }

  @Test
  void whoPromotedOverABlockStandsInTheHistory() {
    Story story = Story.withStableA();
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.pause().reason()).isEqualTo(Pause.Reason.ALARM_ALREADY_FIRING);
    story.person(Verb.PROMOTE);
    story.alarm = AlarmSample.State.OK;
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.history().getFirst().cause())
        .contains("promoted over the firing alarms (errors) by alice: because");
  }
}
