package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** AWS itself keeps the version before serving while the new one is provisioned: no drift. */
class AwsTransitionTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final VersionNumber NINE = new VersionNumber("9");
  private static final AliasTarget ON_TWO = AliasTarget.only(TWO);

  private static Pause.Reason paused(Story story) {
    return story.progress.pause() == null ? null : story.progress.pause().reason();
  }

  @Test
  void awsOwnTransitionOfProvisionedConcurrencyIsNobodysMoveForAWhile() {
    Story story = Story.withStableA();
    story.policies = Policies.DEFAULT.with(Policies.Drift.REVERT);
    story.untilQuiet();
    story.pass(Duration.ofMinutes(5));
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(ON_TWO);
    story.decisions.clear();
    AliasTarget transition = new AliasTarget(TWO, new AliasTarget.Route(ONE, Weight.ALL));
    story.aliasIs(transition);
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.why()).contains("provisioned concurrency");
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plusSeconds(30));

    story.at = story.at.plusSeconds(30);
    story.once();
    assertThat(story.last.decision()).isInstanceOf(Decision.ReadAlias.class);
    assertThat(paused(story)).isNull();

    story.at = story.at.plus(AwsTransition.LONGEST);
    story.aliasIs(transition);
    story.untilQuiet();
    assertThat(story.progress.rejectionOf(new ReleaseId("B")))
        .as("the candidate cannot be provisioned: it is without traffic for good")
        .isNotNull();
  }

  /** B has all of the traffic and bakes for half an hour. */
  private static Story baking() {
    Story story = Story.withStableA();
    story.plan =
        Story.plan(
            AlarmPolicy.DEFAULT,
            Duration.ofMinutes(30),
            List.of(new Entry.SetWeight(Weight.ofPercent(10))));
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
    story.decisions.clear();
    return story;
  }

  private static AliasTarget allBeside(VersionNumber serves) {
    return new AliasTarget(TWO, new AliasTarget.Route(serves, Weight.ALL));
  }

  @Test
  void awsOwnTransitionKeepsTheVersionBeforeAndNoOther() {
    Story story = baking();
    story.aliasIs(allBeside(NINE));
    story.untilQuiet();
    assertThat(story.progress.rejectionOf(new ReleaseId("B")))
        .as("somebody gave another version than stable everything")
        .isNotNull();

    story = baking();
    story.pass(Duration.ofMinutes(30));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    story.aliasIs(allBeside(ONE));
    story.untilQuiet();
    assertThat(paused(story)).as("served before the promotion").isNull();
    assertThat(story.last.why()).contains("provisioned concurrency");
    story.aliasIs(allBeside(NINE));
    story.untilQuiet();
    assertThat(paused(story)).as("never served").isEqualTo(Pause.Reason.DRIFT);
  }

  @Test
  void awsOwnTransitionAfterAPromotionIsOfWhatServedBeforeIt() {
    Story story = baking();
    story.pass(Duration.ofMinutes(30));
    story.desired = "C";
    story.untilQuiet();
    story.person(Verb.ABORT);
    assertThat(story.target()).as("C is taken back").isEqualTo(ON_TWO);

    story.aliasIs(allBeside(ONE));
    story.untilQuiet();

    assertThat(paused(story)).isNull();
    story.aliasIs(allBeside(new VersionNumber("3")));
    story.untilQuiet();
    assertThat(paused(story)).as("a candidate is not what served").isEqualTo(Pause.Reason.DRIFT);
  }

  @Test
  void aResumeIsNoMoveAfterWhichAwsOwnTransitionIsWaitedFor() {
    Story story = baking();
    story.pass(Duration.ofMinutes(5));
    story.person(Verb.PAUSE);
    story.pass(AwsTransition.LONGEST);
    story.person(Verb.RESUME);
    assertThat(story.progress.progressSince()).isEqualTo(story.at);

    story.aliasIs(allBeside(ONE));
    story.untilQuiet();

    assertThat(story.progress.rejectionOf(new ReleaseId("B")).cause().type())
        .isEqualTo(Cause.Type.DRIFT);
  }
}
