package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.Policies.Adoption;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** adoptionPolicy: api.md, Change in mid-course, Adoption. */
class AdoptionTest {
  private static final VersionNumber SEVEN = new VersionNumber("7");
  private static final AliasTarget ON_SEVEN = AliasTarget.only(SEVEN);
  private static final AliasTarget ON_LATEST = AliasTarget.only(new VersionNumber("$LATEST"));
  private static final LatestTraffic NOTHING = new LatestTraffic.Seen(List.of(), false, null);
  private static final AwsFailure SLOW =
      new AwsFailure(AwsFailure.Kind.THROTTLED, "GetFunction", "slow");

  /** A function of nobody's, with an alias where somebody put it. */
  private static Story theirs(Adoption adoption, AliasTarget alias) {
    Story story = new Story();
    story.policies = Policies.DEFAULT.with(adoption, false);
    story.custody = new Custody.Nobodys();
    story.latestTraffic = NOTHING;
    if (alias != null) {
      story.alias = new AliasFact.Present(alias, "theirs", null, story.at, AliasFact.Source.READ);
    }
    return story;
  }

  private static void isStalled(Story story, String reason, String... told) {
    story.untilQuiet();
    assertThat(story.decisions).as("nothing is touched").isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded(reason));
    assertThat(story.last.why()).contains(told);
  }

  @Test
  void createLeavesWhatIsThereAndNamesTheRemedy() {
    isStalled(theirs(Adoption.CREATE, ON_SEVEN), "OwnedByAnother", "adoptionPolicy");
  }

  @ParameterizedTest
  @EnumSource(
      value = Adoption.class,
      names = {"ADOPT", "ADOPT_OR_CREATE"})
  void anAliasOnAVersionIsTakenWhereItIsAndAnEqualVersionIsNotPublishedAgain(Adoption adoption) {
    Story story = theirs(adoption, ON_SEVEN);
    story.versions.put(
        "A",
        new VersionFact.Published(SEVEN, VersionFact.State.ACTIVE, "sha-A", "role", null, null));

    story.untilQuiet();
    story.pass(Duration.ofMinutes(6));

    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(
            Decision.Claim.class, Decision.WriteMark.class, Decision.WriteMark.class);
    assertThat(story.target()).isEqualTo(ON_SEVEN);
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.stable().version()).isEqualTo(SEVEN);
  }

  @Test
  void anotherReleaseGoesOnFromTheAdoptedVersionByItsSteps() {
    Story story = theirs(Adoption.ADOPT_OR_CREATE, ON_SEVEN);

    story.untilQuiet();

    assertThat(story.target())
        .isEqualTo(AliasTarget.split(SEVEN, new VersionNumber("1"), Weight.ofPercent(10)));
  }

  @Test
  void anAliasOnLatestMovesToAVersionPublishedFromItUnchangedBeforeAnythingIsWritten() {
    Story story = theirs(Adoption.ADOPT, ON_LATEST);

    for (int steps = 0; steps < 3; steps++) {
      story.once();
      story.decisions.add(story.last.decision());
    }

    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(
            Decision.Claim.class, Decision.PublishLatest.class, Decision.Restore.class);
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("5")));
    assertThat(story.mark())
        .isEqualTo(
            new AliasMark(
                Story.OWNER, new AliasMark.Marked(new VersionNumber("5"), null), null, null));
  }

  @Test
  void whatElseReachesLatestIsNamedAndAPersonMayAcceptIt() {
    Story story = theirs(Adoption.ADOPT, ON_SEVEN);
    story.latestTraffic = new LatestTraffic.Seen(List.of("alias old"), false, null);
    isStalled(story, "TrafficOnLatest", "alias old", "lambdarollouts.dev/accept: TrafficOnLatest");
    assertThat(story.last.wakeAt()).as("it is looked at again").isNotNull();

    story.policies = Policies.DEFAULT.with(Adoption.ADOPT, true);
    story.untilQuiet();
    assertThat(story.decisions).first().isInstanceOf(Decision.Claim.class);
  }

  @Test
  void anAliasInTransitionOrProvisionedIsStalled() {
    isStalled(
        theirs(
            Adoption.ADOPT, AliasTarget.split(SEVEN, new VersionNumber("8"), Weight.ofPercent(10))),
        "AliasInTransition",
        "10% on version 8");
    Story provisioned = theirs(Adoption.ADOPT, ON_SEVEN);
    provisioned.latestTraffic = new LatestTraffic.Seen(List.of(), true, null);
    isStalled(provisioned, "ProvisionedConcurrencyOnAlias", "remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"custody", "alias", "traffic", "paused"})
  void whatIsNotKnownIsNotActedOn(String unknown) {
    Story story = theirs(Adoption.ADOPT, ON_SEVEN);
    switch (unknown) {
      case "custody" -> story.custody = new Custody.Unknown(SLOW);
      case "alias" -> story.alias = new AliasFact.Unknown(SLOW);
      case "traffic" -> story.latestTraffic = new LatestTraffic.Unknown(SLOW);
      default -> story.paused = Observation.PausedBy.ROLLOUT;
    }

    story.untilQuiet();

    assertThat(story.decisions).isEmpty();
  }

  @Test
  void adoptCreatesNothingAndAdoptOrCreateDoes() {
    for (Adoption adoption : List.of(Adoption.ADOPT, Adoption.ADOPT_OR_CREATE)) {
      Story story = theirs(adoption, null);
      story.custody = new Custody.Absent();
      story.untilQuiet();
      assertThat(story.decisions.isEmpty()).isEqualTo(adoption == Adoption.ADOPT);
    }
  }
}
