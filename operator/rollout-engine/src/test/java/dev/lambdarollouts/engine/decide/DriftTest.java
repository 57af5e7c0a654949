package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else moved the alias: api.md, Change in mid-course, Drift. */
class DriftTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final VersionNumber NINE = new VersionNumber("9");
  private static final AliasTarget ON_ONE = AliasTarget.only(ONE);
  private static final AliasTarget ON_TWO = AliasTarget.only(TWO);
  private static final AliasTarget ON_NINE = AliasTarget.only(NINE);

  private static Story atRest(Policies.Drift drift) {
    Story story = Story.withStableA();
    story.desired = "A";
    story.policies = Policies.DEFAULT.with(drift);
    story.untilQuiet();
    story.decisions.clear();
    return story;
  }

  /** B has ten percent of the traffic. */
  private static Story onTen(Policies.Drift drift) {
    Story story = Story.withStableA();
    story.policies = Policies.DEFAULT.with(drift);
    story.untilQuiet();
    story.decisions.clear();
    return story;
  }

  private static AliasTarget split(int percent) {
    return AliasTarget.split(ONE, TWO, Weight.ofPercent(percent));
  }

  private static Pause.Reason paused(Story story) {
    return story.progress.pause() == null ? null : story.progress.pause().reason();
  }

  @ParameterizedTest
  @CsvSource({
    // policy, moved to, ends on, paused for Drift
    "PAUSE,  30, 30, true",
    "PAUSE,   5,  5, true",
    "REVERT, 30, 10, false",
    "REVERT,  5,  5, true",
    "ADOPT,  30, 30, true",
    "ADOPT,   5,  5, true"
  })
  void inMidCourseOnlyRevertMovesItAndNeverUp(
      Policies.Drift policy, int moved, int ends, boolean drifts) {
    Story story = onTen(policy);
    story.aliasIs(split(moved));

    story.untilQuiet();

    assertThat(story.target()).isEqualTo(split(ends));
    assertThat(paused(story) == Pause.Reason.DRIFT).isEqualTo(drifts);
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
  }

  @ParameterizedTest
  @EnumSource(Policies.Drift.class)
  void allTrafficTakenOffTheCandidateIsARollbackByAPersonUnderEveryPolicy(Policies.Drift policy) {
    Story story = onTen(policy);
    story.aliasIs(ON_NINE);

    story.untilQuiet();

    assertThat(story.target()).as("left where that person put it").isEqualTo(ON_NINE);
    assertThat(story.progress.rejectionOf(new ReleaseId("B")).cause().type())
        .isEqualTo(Cause.Type.DRIFT);
    boolean adopted = policy == Policies.Drift.ADOPT;
    assertThat(story.progress.stable().version()).isEqualTo(adopted ? NINE : ONE);
  }

  @Test
  void atRestRevertPutsItBackByOneFencedCallAndTellsOfIt() {
    Story story = atRest(Policies.Drift.REVERT);
    story.aliasIs(ON_NINE);

    story.once();
    assertThat(paused(story)).as("recorded before it is done").isEqualTo(Pause.Reason.DRIFT);
    story.untilQuiet();

    assertThat(story.target()).isEqualTo(ON_ONE);
    assertThat(story.mark().stable().version()).isEqualTo(ONE);
    assertThat(paused(story)).isNull();
    assertThat(story.last.standing()).isInstanceOf(Standing.Healthy.class);
  }

  @Test
  void revertIsFencedByTheReadingThatItWasDecidedOn() {
    Story story = atRest(Policies.Drift.REVERT);
    story.aliasIs(ON_NINE);

    assertThat(RolloutDecider.decide(story.progress, story.observe(List.of())).decision())
        .isEqualTo(new Decision.Restore(ON_ONE, story.mark(), "foreign"));
  }

  @Test
  void atRestAnAliasDeletedByHandComesBackUnderRevertOnly() {
    for (Policies.Drift policy : Policies.Drift.values()) {
      Story story = atRest(policy);
      story.alias = new AliasFact.Missing(story.at);

      story.untilQuiet();

      assertThat(story.target())
          .as("under " + policy)
          .isEqualTo(policy == Policies.Drift.REVERT ? ON_ONE : null);
    }
  }

  @Test
  void adoptTakesTheVersionAsStableMarksItOnceAndRejectsWhatItReplaced() {
    Story story = atRest(Policies.Drift.ADOPT);
    story.aliasIs(ON_NINE);

    story.untilQuiet();

    assertThat(story.decisions).hasExactlyElementsOfTypes(Decision.WriteMark.class);
    assertThat(story.target()).isEqualTo(ON_NINE);
    assertThat(story.mark().description()).isEqualTo("lr1 o=" + Story.OWNER + " s=9:- x=1:A");
    assertThat(story.progress.stable()).isEqualTo(new Stable(NINE, null));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.last.why()).contains("driftPolicy Adopt", "Retry");

    story.desired = "B";
    story.untilQuiet();
    assertThat(story.target())
        .as("the next release goes on from there")
        .isEqualTo(AliasTarget.split(NINE, TWO, Weight.ofPercent(10)));
  }

  @Test
  void adoptWritesTheMarkAlsoWhereTheForeignWriteLostIt() {
    Story story = atRest(Policies.Drift.ADOPT);
    story.alias = new AliasFact.Present(ON_NINE, "foreign", null, story.at, AliasFact.Source.READ);

    story.untilQuiet();

    assertThat(story.mark().stable()).isEqualTo(new AliasMark.Marked(NINE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$LATEST", "split"})
  void adoptTakesNeitherLatestNorTwoVersions(String where) {
    Story story = atRest(Policies.Drift.ADOPT);
    story.aliasIs(
        where.equals("split") ? split(30) : AliasTarget.only(new VersionNumber("$LATEST")));

    story.untilQuiet();

    assertThat(story.decisions).isEmpty();
    assertThat(story.progress.stable().version()).isEqualTo(ONE);
    assertThat(story.last.why()).contains("Resume to restore it");
  }

  @Test
  void adoptOfTheCandidateByHandPromotesIt() {
    Story story = onTen(Policies.Drift.ADOPT);
    story.aliasIs(ON_TWO);

    story.untilQuiet();

    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.stable()).isEqualTo(new Stable(TWO, new ReleaseId("B")));
    assertThat(story.progress.rejectionOf(new ReleaseId("A"))).isNotNull();
    assertThat(story.mark().stable().version()).isEqualTo(TWO);
    assertThat(story.mark().candidate()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Policies.Drift.class,
      names = {"REVERT", "ADOPT"})
  void nothingIsDoneWhilePaused(Policies.Drift policy) {
    for (Observation.PausedBy by : Observation.PausedBy.values()) {
      Story story = atRest(policy);
      story.paused = by;
      story.aliasIs(ON_NINE);
      story.untilQuiet();
      assertThat(story.decisions).isEmpty();
      assertThat(story.progress.stable().version()).isEqualTo(ONE);
    }
    Story story = atRest(policy);
    story.person(Verb.PAUSE);
    story.aliasIs(ON_NINE);
    story.untilQuiet();
    assertThat(story.decisions).as("under a person's Pause").isEmpty();
  }

  @Test
  void resumeRestoresARaisedWeightOnlyWhileEveryAlarmIsHealthy() {
    Story story = onTen(Policies.Drift.PAUSE);
    story.aliasIs(split(5));
    story.untilQuiet();
    story.alarm = AlarmSample.State.UNKNOWN;
    story.person(Verb.RESUME);
    assertThat(story.target()).as("unknown never advances").isEqualTo(split(5));
    assertThat(story.last.why()).contains("restored once");

    story.alarm = AlarmSample.State.OK;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(split(10));
    assertThat(paused(story)).isNull();
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).as("and goes on").isEqualTo(split(50));
  }

  @Test
  void aWeightThatResumeGaveAgainHasItsWholePauseBeforeItAgain() {
    Story story = onTen(Policies.Drift.PAUSE);
    story.at = story.at.plus(Duration.ofMinutes(5));
    story.aliasIs(split(1));
    story.untilQuiet();

    story.person(Verb.RESUME);

    assertThat(story.target()).isEqualTo(split(10));
    story.pass(Duration.ofMinutes(4));
    assertThat(story.target()).isEqualTo(split(10));
    story.pass(Duration.ofMinutes(1));
    assertThat(story.target()).isEqualTo(split(50));
  }

  @Test
  void aResumeIsNotForgottenWhileAwsDoesNotAnswer() {
    Story story = onTen(Policies.Drift.PAUSE);
    story.aliasIs(split(30));
    story.untilQuiet();
    AliasFact drifted = story.alias;
    story.alias =
        new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.THROTTLED, "GetAlias", "slow"));
    story.person(Verb.RESUME);
    assertThat(paused(story)).as("not known to be back").isEqualTo(Pause.Reason.DRIFT);

    story.alias = drifted;
    story.untilQuiet();

    assertThat(story.target()).isEqualTo(split(10));
  }

  @Test
  void anAliasDeletedByHandComesBackOnStableByResumeAndTheStepsAreWalkedAgain() {
    Story story = onTen(Policies.Drift.REVERT);
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(split(50));
    story.decisions.clear();
    story.alias = new AliasFact.Missing(story.at);
    story.untilQuiet();
    assertThat(story.decisions).as("Revert raises no weight").isEmpty();
    assertThat(paused(story)).isEqualTo(Pause.Reason.DRIFT);

    story.person(Verb.RESUME);

    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(Decision.CreateAlias.class, Decision.ShiftTo.class);
    assertThat(((Decision.CreateAlias) story.decisions.getFirst()).target()).isEqualTo(ON_ONE);
    assertThat(story.target()).isEqualTo(split(10));
  }

  @Test
  void whatIsRestoredBeforeTrafficIsNotMarkedAsIfTheCandidateHadSome() {
    Story story = Story.withStableA();
    story.gates = Gates.OPEN.with(new Gates.Slot(false, "waits for a slot"));
    story.untilQuiet();
    story.aliasIs(ON_NINE);
    story.untilQuiet();
    assertThat(story.progress.pause().from()).isEqualTo(StagePhase.PRE_TRAFFIC);
    story.person(Verb.RESUME);

    assertThat(story.target()).isEqualTo(ON_ONE);
    assertThat(story.mark().candidate()).isNull();
  }
}
