package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Going back in Git, and forward again, with and without a rollback window. */
class RollbackWindowTest {
  private final Story story = Story.withStableA();

  private void window(int revisions) {
    story.revisions =
        new Revisions(
            new Revisions.Retention(10, revisions),
            Revisions.Beside.NOBODY,
            new Revisions.Versions.NotRead());
  }

  private void promoted(String release) {
    story.desired = release;
    story.untilQuiet();
    for (int pauses = 0; pauses < 4; pauses++) {
      story.pass(Duration.ofMinutes(5));
    }
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    story.decisions.clear();
  }

  private void desire(String release) {
    story.desired = release;
    story.untilQuiet();
  }

  @Test
  void insideTheWindowTheStepsAreSkippedAndTheVersionFoundIsReused() {
    window(1);
    promoted("B");
    desire("A");
    assertThat(story.decisions.getFirst()).isInstanceOf(Decision.Promote.class);
    assertThat(story.progress.phase()).as("the bake is kept").isEqualTo(StagePhase.BAKING);
    assertThat(story.versions).hasSize(2);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.FAST_ROLLED_BACK);
    assertThat(story.progress.history().getFirst().by()).isNull();
  }

  @Test
  void forwardAgainInsideTheWindowIsFastPromoted() {
    window(1);
    promoted("B");
    promoted("A");
    desire("B");
    story.pass(Duration.ofMinutes(5));
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.FAST_PROMOTED);
  }

  @Test
  void outsideTheWindowTheStepsAreWalked() {
    window(1);
    promoted("B");
    promoted("C");
    desire("A");
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
  }

  @Test
  void withoutAWindowTheStepsAreWalked() {
    promoted("B");
    desire("A");
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
  }

  @Test
  void alarmsAreKept() {
    window(1);
    promoted("B");
    desire("A");
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(story.progress.standsOn(story.progress.candidate().release())).isFalse();
  }

  @Test
  void theOrderIsKept() {
    window(1);
    promoted("B");
    story.stageBefore = new StageBefore.NotThere("dev", "it is Baking");
    desire("A");
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PENDING);
  }

  @Test
  void aReleaseThatWasTakenBackAndIsRetriedWalksItsSteps() {
    window(3);
    promoted("B");
    story.person(OpenAction.Verb.ROLL_BACK);
    story.at = story.at.plusSeconds(1);
    story.person(OpenAction.Verb.RETRY);
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
  }

  @Test
  void stableThatWasTakenBackWithTheCandidateAndIsRetriedWalksItsSteps() {
    window(3);
    promoted("B");
    desire("C");
    story.untilQuiet(
        new OpenAction(
            "back",
            OpenAction.Verb.ROLL_BACK,
            "alice",
            null,
            null,
            null,
            new VersionNumber("1"),
            OpenAction.Asker.PERSON));
    desire("B");
    story.person(OpenAction.Verb.RETRY);
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
    assertThat(story.progress.history())
        .extracting(entry -> entry.release().value() + " " + entry.outcome())
        .startsWith("C FastRolledBack", "B FastRolledBack", "B Promoted");
  }

  @Test
  void aReleaseThatAForeignMoveReplacedAndIsRetriedWalksItsSteps() {
    window(3);
    promoted("B");
    story.policies = Policies.DEFAULT.with(Policies.Drift.ADOPT);
    story.aliasIs(AliasTarget.only(new VersionNumber("1")));
    story.untilQuiet();
    assertThat(story.progress.standsOn(new ReleaseId("A"))).isTrue();
    story.person(OpenAction.Verb.RETRY);
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
    assertThat(story.progress.history().getFirst().outcome()).isEqualTo(Outcome.ROLLED_BACK);
  }

  @Test
  void howLongAgoItWasTakenBackMakesNoDifference() {
    window(3);
    promoted("B");
    story.person(OpenAction.Verb.ROLL_BACK);
    for (int superseded = 0; superseded < 12; superseded++) {
      desire("X" + superseded);
    }
    desire("B");
    story.at = story.at.plusSeconds(1);
    story.person(OpenAction.Verb.RETRY);
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
  }

  @Test
  void historyKeepsTenEntriesAndTheWindows() {
    window(3);
    for (String release : List.of("B", "C", "D")) {
      promoted(release);
    }
    for (int failures = 0; failures < 12; failures++) {
      desire("X" + failures);
      story.person(OpenAction.Verb.ABORT);
      story.at = story.at.plusSeconds(1);
    }
    assertThat(story.progress.history()).hasSize(13);
    assertThat(
            story.progress.history().stream()
                .skip(10)
                .map(entry -> entry.release().value())
                .collect(Collectors.joining()))
        .isEqualTo("CBA");
  }

  private void soaks() {
    story.stageBefore = new StageBefore.Stands("sit", null);
    story.gates =
        new Gates(
            new Gates.Soak("sit", story.at, Duration.ofMinutes(2)),
            null,
            Gates.Window.ALWAYS,
            Gates.Slot.FREE);
  }

  @Test
  void aCandidateGivesWayToAReleaseOfTheWindowWithoutSoak() {
    window(1);
    promoted("B");
    desire("C");
    soaks();
    desire("A");
    assertThat(story.progress.candidate().release().value()).isEqualTo("A");
    assertThat(story.progress.phase()).isEqualTo(StagePhase.BAKING);
  }

  @Test
  void aReleaseOfTheWindowGivesWayToAnotherOnlyOnceThatHasSoaked() {
    window(1);
    promoted("B");
    desire("A");
    soaks();
    desire("C");
    assertThat(story.progress.candidate().release().value()).isEqualTo("A");
    assertThat(story.last.wakeAt()).isEqualTo(story.at.plus(Duration.ofMinutes(2)));
    story.pass(Duration.ofMinutes(2));
    assertThat(story.progress.candidate().release().value()).isEqualTo("C");
  }
}
