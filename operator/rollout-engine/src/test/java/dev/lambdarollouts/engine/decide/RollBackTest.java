package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RollBack, in the phases in which a person may ask for it. Releases A, B and C are 1, 2 and 3. */
class RollBackTest {
  private final Story story = Story.withStableA();

  @BeforeEach
  void bIsPromoted() {
    story.untilQuiet();
    promote();
    story.decisions.clear();
  }

  private void promote() {
    for (int pauses = 0; pauses < 4; pauses++) {
      story.pass(Duration.ofMinutes(5));
    }
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
  }

  private Verdict rollBack(String toVersion) {
    return rollBack(toVersion, null);
  }

  private Verdict rollBack(String toVersion, String release) {
    OpenAction action = order(toVersion, release);
    Verdict first = RolloutDecider.decide(story.progress, story.observe(List.of(action)));
    story.untilQuiet(action);
    return first;
  }

  private OpenAction order(String toVersion, String release) {
    return new OpenAction(
        "uid-" + story.at + toVersion,
        OpenAction.Verb.ROLL_BACK,
        "alice",
        "because",
        release == null ? null : new ReleaseId(release),
        null,
        toVersion == null ? null : new VersionNumber(toVersion),
        OpenAction.Asker.PERSON);
  }

  private static String refusal(Verdict verdict) {
    assertThat(verdict.actions().getFirst().applied()).isFalse();
    return verdict.actions().getFirst().message();
  }

  private void standsOnA() {
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(story.progress.stable())
        .isEqualTo(new Stable(new VersionNumber("1"), new ReleaseId("A")));
  }

  @Test
  void atRestOneCallGoesBackToTheLastPromotedAndTheDesiredReleaseIsRejected() {
    Verdict first = rollBack(null);
    assertThat(first.decision()).isInstanceOf(Decision.RollBack.class);
    assertThat(first.progress().stable())
        .as("in the same patch")
        .isEqualTo(new Stable(new VersionNumber("1"), new ReleaseId("A")));
    assertThat(first.progress().actions()).hasSize(1);
    standsOnA();
    assertThat(story.decisions)
        .filteredOn(decision -> decision instanceof Decision.RollBack)
        .hasSize(1);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    Rejection rejection = story.progress.rejectionOf(new ReleaseId("B"));
    assertThat(rejection.cause().type()).isEqualTo(Cause.Type.ROLL_BACK);
    HistoryEntry entry = story.progress.history().getFirst();
    assertThat(entry.outcome()).isEqualTo(HistoryEntry.Outcome.FAST_ROLLED_BACK);
    assertThat(entry.by()).isEqualTo("alice");
    assertThat(entry.cause()).isEqualTo("rolled back to version 1 by alice: because");
    assertThat(entry.version()).isEqualTo(new VersionNumber("2"));
    assertThat(story.mark().stable().release()).isEqualTo(new ReleaseId("A"));
    assertThat(story.mark().rejected().release()).isEqualTo(new ReleaseId("B"));
  }

  @Test
  void theReleaseThatWasLeftStaysRejectedUntilRetry() {
    rollBack(null);
    story.desired = "A";
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    story.desired = "B";
    story.pass(Duration.ofHours(1));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    standsOnA();
    story.person(OpenAction.Verb.RETRY);
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
    assertThat(story.versions).hasSize(2);
  }

  @Test
  void twiceInARowTheSecondIsRefused() {
    rollBack(null);
    story.at = story.at.plusSeconds(1);
    assertThat(refusal(rollBack(null))).startsWith("the stage has already gone back: version 1");
    standsOnA();
  }

  @Test
  void inMidCanaryItGoesToStable() {
    story.desired = "C";
    story.untilQuiet();
    assertThat(story.target().additional()).isNotNull();
    rollBack(null);
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("2")));
    assertThat(story.progress.rejectionOf(new ReleaseId("C"))).isNotNull();
    assertThat(story.progress.rejectionOf(new ReleaseId("B"))).isNull();
  }

  @Test
  void inMidCanaryAnEarlierVersionTakesStablesTrafficToo() {
    story.desired = "C";
    story.untilQuiet();
    story.decisions.clear();
    rollBack("1");
    standsOnA();
    assertThat(story.decisions)
        .filteredOn(decision -> decision instanceof Decision.RollBack)
        .hasSize(1);
    assertThat(story.progress.rejectionOf(new ReleaseId("C"))).isNotNull();
    assertThat(story.progress.rejectionOf(new ReleaseId("B"))).isNotNull();
  }

  @Test
  void beforeTrafficItIsStableThatIsLeftAndTheCandidateStartsAnew() {
    story.desired = "C";
    story.alarm = dev.lambdarollouts.engine.fact.AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.pause()).isNotNull();
    rollBack(null);
    standsOnA();
    assertThat(story.progress.rejectionOf(new ReleaseId("B"))).isNotNull();
    assertThat(story.progress.rejectionOf(new ReleaseId("C"))).isNull();
    assertThat(story.progress.candidate().release()).isEqualTo(new ReleaseId("C"));
  }

  @Test
  void itNeedsNoUnpausedAndNoValidSpec() {
    story.paused = Observation.PausedBy.ROLLOUT;
    story.invalid = new DesiredRelease.Invalid("spec.code", "found nothing");
    rollBack(null);
    standsOnA();
  }

  @Test
  void aVersionThatIsNotAnEarlierPromotedOneIsRefusedWithThoseThatAre() {
    assertThat(refusal(rollBack("7")))
        .isEqualTo(
            "version 7 is not one to go back to; earlier promoted versions for spec.toVersion"
                + " are 1");
    assertThat(refusal(rollBack("2"))).startsWith("version 2 is not one to go back to");
  }

  @Test
  void aRejectedVersionIsNotGoneBackTo() {
    rollBack(null);
    story.desired = "C";
    story.untilQuiet();
    promote();
    rollBack(null);
    standsOnA();
  }

  @Test
  void forAReleaseThatHasNotTheTrafficItIsRefused() {
    assertThat(refusal(rollBack(null, "A")))
        .isEqualTo("spec.release is A, but the release that would lose its traffic is B");
    rollBack(null, "B");
    standsOnA();
  }

  @Test
  void withoutAnEarlierPromotionItIsRefused() {
    Story first = new Story();
    first.untilQuiet();
    first.pass(Duration.ofMinutes(5));
    Verdict verdict =
        RolloutDecider.decide(
            first.progress, first.observe(List.of(first.action(OpenAction.Verb.ROLL_BACK))));
    assertThat(refusal(verdict)).isEqualTo("no earlier promoted version is in history");
  }

  @Test
  void anAliasThatSomebodyMovedIsPutWhereThePersonWantsIt() {
    story.desired = "C";
    story.untilQuiet();
    promote();
    story.aliasIs(AliasTarget.only(new VersionNumber("2")));
    story.untilQuiet();
    rollBack("1");
    standsOnA();
  }

  /** AWS has the version no more that a person wants to go back to. */
  private void isBlocked(String toVersion) {
    OpenAction action = order(toVersion, null);
    story.progress =
        RolloutDecider.decide(story.progress, story.observe(List.of(action))).progress();
    story.lastFailure =
        new AwsFailure(AwsFailure.Kind.NOT_FOUND, "UpdateAlias", "Function not found: hello");
    story.last = RolloutDecider.decide(story.progress, story.observe(List.of()));
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("RollbackBlocked"));
    story.at = story.at.plusSeconds(1);
  }

  @Test
  void whatAwsRefusesIsBlockedAndTriedForEverAndAnotherVersionCanBeNamed() {
    story.desired = "C";
    story.untilQuiet();
    promote();
    isBlocked(null);
    assertThat(story.last.decision()).isInstanceOf(Decision.RollBack.class);
    assertThat(story.last.why())
        .endsWith("; a RollBack with spec.toVersion 3, 1 goes there instead");
    rollBack("1");
    standsOnA();
    assertThat(story.progress.rejectionOf(new ReleaseId("B")))
        .as("it never had any traffic to lose")
        .isNull();
  }

  @Test
  void whatIsBlockedIsWithdrawnByNamingTheVersionThatServesStill() {
    isBlocked(null);
    assertThat(story.last.why()).endsWith("; a RollBack with spec.toVersion 2 goes there instead");
    rollBack("2");
    assertThat(story.decisions).as("nothing has moved").isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Healthy());
    assertThat(story.progress.stable())
        .isEqualTo(new Stable(new VersionNumber("2"), new ReleaseId("B")));
    assertThat(story.progress.rejected()).isEmpty();
  }

  @Test
  void whatIsUnderWayIsNotToBeKeptByTheSameWord() {
    story.desired = "C";
    story.untilQuiet();
    story.decisions.clear();
    isBlocked("1");
    Verdict kept = RolloutDecider.decide(story.progress, story.observe(List.of(order("3", null))));
    assertThat(refusal(kept)).startsWith("version 3 is not one to go back to");
    rollBack("2");
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("2")));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(story.progress.rejectionOf(new ReleaseId("C"))).isNotNull();
    assertThat(story.progress.rejectionOf(new ReleaseId("B"))).isNull();
  }

  @Test
  void whatIsNotBlockedIsNotWithdrawn() {
    story.progress =
        RolloutDecider.decide(story.progress, story.observe(List.of(order(null, null)))).progress();
    story.at = story.at.plusSeconds(1);
    assertThat(refusal(rollBack("2"))).startsWith("version 2 is not one to go back to");
    standsOnA();
  }

  @Test
  void aCandidateThatWasPromotedEarlierIsNotGoneBackToFromItself() {
    story.desired = "A";
    story.untilQuiet();
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
    assertThat(refusal(rollBack("1"))).startsWith("version 1 is not one to go back to");
    assertThat(story.progress.weight().toString()).isEqualTo("10%");
  }
}
