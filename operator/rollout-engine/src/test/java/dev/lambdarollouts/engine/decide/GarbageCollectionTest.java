package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Invariant 10, a test for each of its clauses, and which version goes where nothing protects it.
 * The stage stands on version 6 of six; one is kept beside it, so that 4 to 1 are too many.
 */
class GarbageCollectionTest {
  private static final Instant ENDED = Story.START.minus(Duration.ofHours(1));

  private final Story story = new Story();
  private final List<ListedVersion> listed = new ArrayList<>();
  private Revisions.Retention retention = new Revisions.Retention(1, 0);
  private Revisions.Beside beside = Revisions.Beside.NOBODY;

  GarbageCollectionTest() {
    story.desired = "R6";
    story.alias = onVersion("6");
    story.progress = standsOn(6, ENDED);
    IntStream.rangeClosed(1, 6).forEach(number -> listed.add(version(number)));
  }

  private static Progress standsOn(int version, Instant ended) {
    return Progress.BLANK
        .with()
        .phase(StagePhase.SUCCEEDED)
        .attempt(version)
        .desired(release(version))
        .weight(dev.lambdarollouts.engine.plan.Weight.ALL)
        .stable(new Stable(number(version), release(version)))
        .history(
            IntStream.rangeClosed(1, version)
                .map(back -> version + 1 - back)
                .mapToObj(one -> promoted(one, ended.minusSeconds(3_600L * (version - one))))
                .toList())
        .build();
  }

  private static HistoryEntry promoted(int version, Instant finishedAt) {
    return new HistoryEntry(
        release(version),
        null,
        number(version),
        finishedAt,
        finishedAt,
        HistoryEntry.Outcome.PROMOTED,
        null,
        null);
  }

  private static ReleaseId release(int version) {
    return new ReleaseId("R" + version);
  }

  private static VersionNumber number(int version) {
    return new VersionNumber(Integer.toString(version));
  }

  private static ListedVersion version(int number) {
    return new ListedVersion(number(number), true, false, ENDED);
  }

  private AliasFact onVersion(String number) {
    return new AliasFact.Present(
        AliasTarget.only(new VersionNumber(number)),
        "r1",
        null,
        Story.START,
        AliasFact.Source.READ);
  }

  private void replace(int number, ListedVersion version) {
    listed.set(number - 1, version);
  }

  private Verdict decide() {
    story.revisions = new Revisions(retention, beside, new Revisions.Versions.Listed(listed));
    return RolloutDecider.decide(story.progress, story.observe(List.of()));
  }

  /** Every version that goes, one after another. */
  private List<String> deleted() {
    List<String> deleted = new ArrayList<>();
    while (decide().decision() instanceof Decision.DeleteVersion(VersionNumber version)) {
      deleted.add(version.value());
      story.progress = decide().progress();
      listed.removeIf(one -> one.number().equals(version));
    }
    return deleted;
  }

  @Test
  void versionsBeyondTheLimitGoOneAtATimeTheOldestFirst() {
    assertThat(deleted()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void whatIsDeletedIsNoVersionToRollBackToAndTheMessageStays() {
    String before = RolloutDecider.decide(story.progress, story.observe(List.of())).why();
    Verdict verdict = decide();
    assertThat(verdict.why()).isEqualTo(before);
    assertThat(verdict.progress().history().getLast().version()).isNull();
    assertThat(verdict.progress().history().getLast().release()).isEqualTo(release(1));
  }

  @Test
  void invariant10NeverAVersionThatAnyAliasNames() {
    replace(2, new ListedVersion(number(2), true, false, null));
    assertThat(deleted()).containsExactly("1", "3", "4");
  }

  @Test
  void invariant10NeverLatest() {
    listed.addFirst(new ListedVersion(new VersionNumber("$LATEST"), true, false, ENDED));
    assertThat(deleted()).doesNotContain("$LATEST").hasSize(4);
  }

  @Test
  void invariant10NeverStable() {
    story.desired = "R1";
    story.alias = onVersion("1");
    story.progress = story.progress.with().stable(new Stable(number(1), release(1))).build();
    retention = new Revisions.Retention(0, 0);
    assertThat(deleted()).containsExactly("2", "3", "4", "5", "6");
  }

  @Test
  void invariant10NeverTheCandidate() {
    story.desired = "R2";
    Cause cause = new Cause(Cause.Type.ALARM, "errors", "alarm errors is in ALARM");
    story.progress =
        story
            .progress
            .with()
            .phase(StagePhase.ROLLED_BACK)
            .candidate(new Candidate(release(2), null, number(2), null))
            .reject(new Rejection(release(2), ENDED, StagePhase.ROLLED_BACK, cause))
            .build();
    assertThat(deleted()).containsExactly("1", "3", "4");
  }

  @Test
  void invariant10NeverOneInTheRollbackWindow() {
    retention = new Revisions.Retention(0, 3);
    assertThat(deleted()).containsExactly("1", "2");
  }

  @Test
  void invariant10NeverOneWithoutThisOwnersMark() {
    replace(3, new ListedVersion(number(3), false, false, ENDED));
    assertThat(deleted()).containsExactly("1", "2", "4");
  }

  @Test
  void invariant10NeverOneWhoseDurableExecutionsRunOrMayRun() {
    replace(1, new ListedVersion(number(1), true, true, ENDED));
    assertThat(deleted()).containsExactly("2", "3", "4");
  }

  @Test
  void invariant10NeverOneThatStoppedTakingTrafficLessThanTenMinutesAgo() {
    story.progress = standsOn(6, Story.START.minus(Duration.ofMinutes(9)));
    assertThat(deleted()).isEmpty();
    story.at = story.at.plus(Duration.ofMinutes(1));
    assertThat(deleted()).hasSize(4);
  }

  @Test
  void invariant10NeverOneThatAnAliasNamedLessThanTenMinutesAgo() {
    replace(1, new ListedVersion(number(1), true, false, Story.START.minusSeconds(599)));
    assertThat(deleted()).containsExactly("2", "3", "4");
    story.at = story.at.plusSeconds(1);
    assertThat(deleted()).containsExactly("1");
  }

  @Test
  void stagesThatShareTheFunctionKeepEachOthersVersions() {
    beside = new Revisions.Beside(List.of(standsOn(2, ENDED)), true);
    assertThat(deleted()).containsExactly("3", "4");
  }

  @Test
  void nothingGoesWhileAStageOfTheSameFunctionIsUnderWayOrCannotBeRead() {
    Progress deploying = Progress.BLANK.with().phase(StagePhase.DEPLOYING).build();
    beside = new Revisions.Beside(List.of(deploying), true);
    assertThat(deleted()).isEmpty();
    beside = new Revisions.Beside(List.of(), false);
    assertThat(deleted()).isEmpty();
  }

  @Test
  void nothingGoesWhilePausedSuspendedDriftedOrUnknown() {
    story.paused = Observation.PausedBy.STAGE;
    assertThat(deleted()).isEmpty();
    story.paused = null;
    story.alias = onVersion("4");
    assertThat(deleted()).isEmpty();
    story.alias = new AliasFact.NotRead();
    assertThat(deleted()).isEmpty();
  }

  @Test
  void aStageUnderWayDeletesNothing() {
    story.desired = "R7";
    assertThat(deleted()).isEmpty();
  }

  @Test
  void aListingIsWorthItsCallsOnlyWhereThereCanBeTooManyVersions() {
    Instant at = Story.START;
    Revisions two = new Revisions(new Revisions.Retention(5, 0), beside, listedNothing());
    assertThat(CleanUp.isWorthALook(story.progress, two, at)).isFalse();
    Revisions less = new Revisions(new Revisions.Retention(4, 0), beside, listedNothing());
    assertThat(CleanUp.isWorthALook(story.progress, less, at)).isTrue();
    assertThat(CleanUp.isWorthALook(story.progress, less, at.plus(Duration.ofDays(2)))).isFalse();
  }

  private static Revisions.Versions listedNothing() {
    return new Revisions.Versions.NotRead();
  }
}
