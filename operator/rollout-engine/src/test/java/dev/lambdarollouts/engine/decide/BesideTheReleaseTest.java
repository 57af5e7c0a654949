package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.SideSettings.RuntimeManagement;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Side;
import dev.lambdarollouts.engine.progress.SideSetting;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reserved and provisioned concurrency and the runtime's management: not in the release. */
class BesideTheReleaseTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final SideSetting RESERVED =
      new SideSetting(SideSetting.Kind.RESERVED_CONCURRENCY, null);
  private static final SideSetting RUNTIME =
      new SideSetting(SideSetting.Kind.RUNTIME_MANAGEMENT, ONE);
  private static final SideSettings BOTH =
      new SideSettings(100, new RuntimeManagement("FunctionUpdate", null), null);
  private static final SideSettings FIVE = new SideSettings(null, null, 5);

  private final Story story = Story.withStableA();

  BesideTheReleaseTest() {
    story.desired = "A";
    story.untilQuiet();
    story.decisions.clear();
  }

  private void isSet(SideSetting... settings) {
    assertThat(story.progress.side().set()).containsExactlyInAnyOrder(settings);
    assertThat(story.last.standing()).isEqualTo(new Standing.Healthy());
  }

  private void promoteB() {
    story.desired = "B";
    story.untilQuiet();
    for (int pauses = 0; pauses < 4; pauses++) {
      story.pass(Duration.ofMinutes(5));
    }
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
  }

  @Test
  void whatIsAskedForIsSetWithoutAReleaseAndTakenBackWhenItIsNot() {
    story.side = BOTH;
    story.untilQuiet();
    assertThat(story.decisions)
        .containsExactly(new Decision.SetBeside(RESERVED), new Decision.SetBeside(RUNTIME));
    isSet(RESERVED, RUNTIME);
    story.decisions.clear();
    story.pass(Duration.ofHours(1));
    assertThat(story.decisions).isEmpty();
    story.side = new SideSettings(100, null, null);
    story.untilQuiet();
    assertThat(story.decisions).containsExactly(new Decision.TakeBack(RUNTIME));
    isSet(RESERVED);
    story.side = SideSettings.NONE;
    story.untilQuiet();
    assertThat(story.progress.side()).isEqualTo(Side.NONE);
    assertThat(story.beside).isEmpty();
  }

  @Test
  void whatWasAskedForForAMomentIsTakenBackToo() {
    story.setAs = SideFact.State.IN_PROGRESS;
    story.side = BOTH;
    story.untilQuiet();
    assertThat(story.decisions).containsExactly(new Decision.SetBeside(RESERVED));
    story.side = SideSettings.NONE;
    story.untilQuiet();
    assertThat(story.beside).isEmpty();
    assertThat(story.progress.side()).isEqualTo(Side.NONE);
  }

  @Test
  void whatIsChangedAndChangedBackIsSetBack() {
    story.side = FIVE;
    story.untilQuiet();
    story.setAs = SideFact.State.IN_PROGRESS;
    story.side = new SideSettings(null, null, 10);
    story.beside.replaceAll((what, state) -> SideFact.State.OTHER);
    story.untilQuiet();
    story.decisions.clear();
    story.setAs = SideFact.State.AS_WANTED;
    story.side = FIVE;
    story.beside.replaceAll((what, state) -> SideFact.State.OTHER);
    story.untilQuiet();
    assertThat(story.decisions)
        .containsExactly(new Decision.SetBeside(SideSetting.provisioned(ONE)));
    isSet(SideSetting.provisioned(ONE));
  }

  @Test
  void whatAwsRefusedToSetOverSomebodyElsesIsNotTakenBack() {
    story.beside.put(RESERVED, SideFact.State.OTHER);
    story.setAs = SideFact.State.OTHER;
    story.side = new SideSettings(1_000, null, null);
    story.once();
    assertThat(story.last.decision()).isEqualTo(new Decision.SetBeside(RESERVED));
    story.side = SideSettings.NONE;
    story.untilQuiet();
    assertThat(story.beside).containsEntry(RESERVED, SideFact.State.OTHER);
    assertThat(story.progress.side()).isEqualTo(Side.NONE);
  }

  @Test
  void whatNobodyAskedForIsNeitherLookedAtNorTakenBack() {
    story.beside.put(RESERVED, SideFact.State.OTHER);
    story.untilQuiet();
    assertThat(BesideTheRelease.toLookAt(story.progress, story.observe(List.of()).desired()))
        .isEmpty();
    assertThat(story.decisions).isEmpty();
  }

  @Test
  void whatHoldsItHoldsItAndTheStageIsNotDoneBefore() {
    story.side = BOTH;
    story.paused = Observation.PausedBy.STAGE;
    assertThat(story.untilQuiet().standing()).isEqualTo(new Standing.Paused("StageSuspended"));
    story.paused = null;
    story.gates =
        new Gates(
            null,
            null,
            new Gates.Window(false, story.at.plusSeconds(60), "office", Gates.OnClose.FINISH),
            Gates.Slot.FREE);
    assertThat(story.untilQuiet().standing()).isEqualTo(new Standing.Paused("WindowClosed"));
    story.gates = Gates.OPEN;
    story.stageBefore = new StageBefore.NotThere("dev", "it is Baking");
    assertThat(story.untilQuiet().standing()).isEqualTo(new Standing.Progressing());
    story.stageBefore = new StageBefore.None();
    story.besideUnread =
        new SideFact.Unknown(
            new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetFunction", "no answer"));
    assertThat(story.untilQuiet().why()).contains("no answer");
    assertThat(story.decisions).isEmpty();
    story.besideUnread = null;
    story.untilQuiet();
    isSet(RESERVED, RUNTIME);
  }

  @Test
  void aStageWhoseDesiredReleaseIsRejectedKeepsWhatItHas() {
    story.desired = "B";
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    story.transitionedAt = story.at;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    story.decisions.clear();
    story.side = BOTH;
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
  }

  @Test
  void theCandidatesProvisionedConcurrencyIsReadyBeforeTrafficAndStablesStaysToTheEndOfTheBake() {
    story.side = FIVE;
    story.untilQuiet();
    isSet(SideSetting.provisioned(ONE));
    story.setAs = SideFact.State.IN_PROGRESS;
    story.desired = "B";
    story.untilQuiet();
    story.pass(Duration.ofMinutes(3));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
    assertThat(story.last.why()).contains("waits for the provisioned concurrency of version 2");
    story.beside.put(SideSetting.provisioned(TWO), SideFact.State.AS_WANTED);
    story.setAs = SideFact.State.AS_WANTED;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
    for (int pauses = 0; pauses < 2; pauses++) {
      story.pass(Duration.ofMinutes(5));
    }
    assertThat(story.target()).isEqualTo(AliasTarget.only(TWO));
    assertThat(story.beside).containsKey(SideSetting.provisioned(ONE));
    story.pass(Duration.ofMinutes(10));
    isSet(SideSetting.provisioned(TWO));
    assertThat(story.beside).containsOnlyKeys(SideSetting.provisioned(TWO));
  }

  @Test
  void aCandidateThatIsTakenBackGivesItsProvisionedConcurrencyUpAndNeverWaitsForIt() {
    story.side = FIVE;
    story.untilQuiet();
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
    story.besideUnread =
        new SideFact.Unknown(
            new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetFunction", "no answer"));
    story.alarm = AlarmSample.State.ALARM;
    story.transitionedAt = story.at;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    story.besideUnread = null;
    story.untilQuiet();
    assertThat(story.beside).containsOnlyKeys(SideSetting.provisioned(ONE));
    assertThat(story.progress.side().set()).containsExactly(SideSetting.provisioned(ONE));
  }

  @Test
  void whatAwsCouldNotProvideIsToldAndEndsWithTheDeadline() {
    story.side = FIVE;
    story.untilQuiet();
    story.setAs = SideFact.State.FAILED;
    story.desired = "B";
    story.untilQuiet();
    assertThat(story.last.why()).contains("AWS could not provide").contains("version 2");
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
    story.pass(Duration.ofHours(24));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
  }

  @Test
  void aNewReleaseMovesWhatIsSetOnTheVersion() {
    story.side = BOTH;
    story.untilQuiet();
    promoteB();
    story.untilQuiet();
    isSet(RESERVED, new SideSetting(SideSetting.Kind.RUNTIME_MANAGEMENT, TWO));
    assertThat(story.beside).as("one may go back to it").containsKey(RUNTIME);
  }

  @Test
  void whatIsRecordedIsReadAsItWasWrittenAndItsHashIsHeld() {
    Side side = Side.applied(BOTH.hash(), BOTH.settings(ONE));
    assertThat(side.text())
        .isEqualTo(BOTH.hash() + " reservedConcurrency runtimeManagementConfig@1");
    assertThat(side.with(SideSetting.provisioned(TWO)).text())
        .as("as a whole not applied any more")
        .isEqualTo("- provisionedConcurrency@2 reservedConcurrency runtimeManagementConfig@1");
    assertThat(Side.parse(side.text())).isEqualTo(side);
    assertThat(Side.parse(null)).isEqualTo(Side.NONE);
    assertThat(Side.NONE.text()).isNull();
    assertThat(Side.parse(Side.NONE.with(RESERVED).text())).isEqualTo(Side.NONE.with(RESERVED));
    assertThat(Side.parse("5f triggers@3")).isNull();
    assertThat(Side.parse("provisionedConcurrency@2")).isNull();
    assertThat(BOTH.hash()).isEqualTo("7aaad91bfa");
  }

  @Test
  void anotherReleaseThatIsDesiredButNotDueLetsNoTrafficThroughWithoutIt() {
    story.side = FIVE;
    story.untilQuiet();
    story.setAs = SideFact.State.IN_PROGRESS;
    story.desired = "B";
    story.untilQuiet();
    story.desired = "C";
    story.stageBefore = new StageBefore.NotThere("dev", "it is Shifting");
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.PRE_TRAFFIC);
    assertThat(story.last.why()).contains("waits for the provisioned concurrency of version 2");
    story.beside.put(SideSetting.provisioned(TWO), SideFact.State.AS_WANTED);
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
  }
}
