package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.PublishedElsewhere;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that others publish: release B is version 2; the alias may stand on A, version 1. */
class PublishedElsewhereTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final Stable ON_A = new Stable(ONE, new ReleaseId("A"));

  private final Story story = new Story();

  @BeforeEach
  void othersPublish() {
    story.elsewhere = new PublishedElsewhere(null);
    story.function = new FunctionFact.Unclaimed();
    story.desired = "B";
    publishedByOthers("A", "1");
    publishedByOthers("B", "2");
  }

  private void publishedByOthers(String release, String number) {
    story.versions.put(
        release,
        new VersionFact.Published(
            new VersionNumber(number),
            VersionFact.State.ACTIVE,
            "sha-" + release,
            "role",
            null,
            null));
  }

  private void aliasStandsOn(AliasTarget target, AliasMark mark) {
    story.alias = new AliasFact.Present(target, "theirs", mark, story.at, AliasFact.Source.READ);
    story.elsewhere = new PublishedElsewhere(target.primary().equals(ONE) ? ON_A : null);
  }

  @Test
  void withoutAnAliasTheTagsAreWrittenFirstThenTheAliasAndNothingIsDeployedOrPublished() {
    story.untilQuiet();
    assertThat(story.decisions.getFirst()).isEqualTo(new Decision.Claim());
    assertThat(story.decisions.get(1)).isInstanceOf(Decision.CreateAlias.class);
    story.pass(Duration.ofMinutes(10));
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.decisions)
        .noneMatch(Decision.Deploy.class::isInstance)
        .noneMatch(Decision.Publish.class::isInstance);
    assertThat(story.target()).isEqualTo(AliasTarget.only(TWO));
  }

  @Test
  void anAliasThatIsThereBecomesStableWhereItStandsAndTheNewestWalksTheSteps() {
    aliasStandsOn(AliasTarget.only(ONE), null);
    story.once();
    assertThat(story.last.decision()).isEqualTo(new Decision.Claim());
    story.once();
    assertThat(story.progress.stable()).isEqualTo(ON_A);
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
    assertThat(story.mark().stable()).isEqualTo(new AliasMark.Marked(ONE, new ReleaseId("A")));
    for (int pauses = 0; pauses < 4; pauses++) {
      story.pass(Duration.ofMinutes(5));
    }
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
  }

  @Test
  void anAliasThatStandsOnWhatIsDesiredIsThereAndNothingMoves() {
    aliasStandsOn(AliasTarget.only(ONE), null);
    story.desired = "A";
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.decisions).containsExactly(new Decision.Claim());
    assertThat(story.last.standing()).isEqualTo(new Standing.Healthy());
  }

  @ParameterizedTest
  @CsvSource({
    "weights, AliasInTransition, put it on one version",
    "latest, TrafficOnLatest, put it on a published version",
    "marked, OwnedByAnother, names another owner"
  })
  void anAliasThatIsNotClearIsNotTaken(String case_, String reason, String told) {
    switch (case_) {
      case "weights" -> aliasStandsOn(AliasTarget.split(ONE, TWO, Weight.ofPercent(30)), null);
      case "latest" -> aliasStandsOn(AliasTarget.only(new VersionNumber("$LATEST")), null);
      default -> aliasStandsOn(AliasTarget.only(ONE), new AliasMark("another", null, null, null));
    }
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded(reason));
    assertThat(story.last.why()).contains(told);
  }

  @Test
  void anothersFunctionIsNotTouched() {
    story.function = new FunctionFact.OwnedByAnother("install2/shop/hello");
    aliasStandsOn(AliasTarget.only(ONE), null);
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("OwnedByAnother"));
  }

  @Test
  void whileItIsUnknownWhoseItIsOrItIsPausedNothingIsWritten() {
    story.function =
        new FunctionFact.Unknown(
            new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetFunction", "no answer"));
    aliasStandsOn(AliasTarget.only(ONE), null);
    story.untilQuiet();
    story.function = new FunctionFact.Unclaimed();
    story.paused = Observation.PausedBy.ROLLOUT;
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.progress.stable()).isNull();
  }

  @Test
  void aVersionThatIsGoneIsWaitedForAndNeverPublished() {
    story.versions.remove("B");
    story.function = new FunctionFact.Claimed();
    story.untilQuiet();
    assertThat(story.decisions).noneMatch(Decision.Publish.class::isInstance);
    assertThat(story.last.why()).contains("is gone").contains("spec.code.published.version");
  }

  @Test
  void whatAwsHasNotSaidYetHoldsAndAnAlarmStillRollsBack() {
    aliasStandsOn(AliasTarget.only(ONE), null);
    story.untilQuiet();
    story.invalid = new DesiredRelease.Unread("cannot see what is published");
    story.pass(Duration.ofMinutes(10));
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
    assertThat(story.last.standing()).isEqualTo(new Standing.Progressing());
    story.alarm = dev.lambdarollouts.engine.fact.AlarmSample.State.ALARM;
    story.transitionedAt = story.at;
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(AliasTarget.only(ONE));
  }
}
