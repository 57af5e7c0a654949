package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation.PausedBy;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What waits says what nobody can see meanwhile. */
class UnseenStoryTest {
  private static final AwsFailure REFUSED =
      new AwsFailure(AwsFailure.Kind.DENIED, "DescribeAlarms", "not authorized");
  private static final AliasFact UNREAD =
      new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetAlias", "503"));
  private static final String DENIED = REFUSED.toString();

  private static Story atTen() {
    Story story = Story.withStableA();
    story.untilQuiet();
    return story;
  }

  @ParameterizedTest
  @EnumSource(PausedBy.class)
  void whatIsHeldSaysThatNobodyWatchesItsAlarms(PausedBy by) {
    Story story = atTen();
    story.paused = by;
    story.sampledAt = story.at;
    story.unanswered = REFUSED;
    story.pass(Duration.ofMinutes(2));

    assertThat(story.last.why()).contains("is true; alarm errors was last read at", DENIED);
  }

  @Test
  void whatIsHeldSaysThatTheAliasCannotBeRead() {
    Story story = atTen();
    story.paused = PausedBy.ROLLOUT;
    story.alias = new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.DENIED, "GetAlias", "no"));
    story.untilQuiet();

    assertThat(story.last.why()).endsWith("is true; cannot see where the alias is (GetAlias: no)");
  }

  @Test
  void whatIsHeldAndHasNoTrafficSaysNothingOfAlarms() {
    Story story = Story.withStableA();
    story.paused = PausedBy.ROLLOUT;
    story.unanswered = REFUSED;
    story.untilQuiet();

    assertThat(story.last.why()).isEqualTo("paused: spec.paused of the LambdaRollout is true");
  }

  @Test
  void aTimedPauseNamesThePollThatFailsAndForgetsItOnceItIsAnswered() {
    Story story = atTen();
    String well = story.last.why();
    story.sampledAt = story.at;
    story.unanswered = REFUSED;
    story.pass(Duration.ofSeconds(5));
    String failing = story.last.why();
    story.pass(Duration.ofSeconds(5));

    assertThat(failing).isEqualTo(well + "; the last poll of the alarms failed (" + DENIED + ")");
    assertThat(story.last.why()).as("no other words while it lasts").isEqualTo(failing);

    story.sampledAt = null;
    story.unanswered = null;
    assertThat(story.untilQuiet().why()).isEqualTo(well);
  }

  @Test
  void aPauseForAPersonAndABakeNameThePollThatFails() {
    Story story = Story.withStableA();
    story.plan =
        Story.plan(
            AlarmPolicy.DEFAULT,
            Duration.ofMinutes(5),
            List.of(
                new Entry.SetWeight(Weight.ofPercent(10)), new Entry.IndefinitePause(null, null)));
    story.unanswered = REFUSED;
    assertThat(story.untilQuiet().why()).contains("waits for Promote; ", DENIED);

    story.person(OpenAction.Verb.PROMOTE);
    assertThat(story.last.why()).contains("bakes until", DENIED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pause.Reason.class,
      names = {"ALARM_ALREADY_FIRING", "SPEC_PAUSED", "ACTION_PAUSE"})
  void whatWaitsBeforeTrafficIsNotRejectedBecauseTheAliasCannotBeRead(Pause.Reason reason) {
    Story story = Story.withStableA();
    story.gates = Gates.OPEN.with(new Gates.Slot(false, "waits for a slot"));
    story.untilQuiet();
    if (reason == Pause.Reason.SPEC_PAUSED) {
      story.paused = PausedBy.ROLLOUT;
    } else if (reason == Pause.Reason.ACTION_PAUSE) {
      story.person(OpenAction.Verb.PAUSE);
    }
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.pause().reason()).isEqualTo(reason);

    story.alias = UNREAD;
    story.untilQuiet();

    assertThat(story.progress.phase()).isEqualTo(StagePhase.PAUSED);
    assertThat(story.progress.rejected()).isEmpty();
  }

  @Test
  void whatIsHeldWithTrafficIsTakenBackEvenIfTheAliasCannotBeRead() {
    Story story = atTen();
    story.paused = PausedBy.ROLLOUT;
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    story.alias = UNREAD;
    story.untilQuiet();

    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLING_BACK);
  }
}
