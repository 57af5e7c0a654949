package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** deletionPolicy: invariant 9. */
class FunctionRemovalTest {
  private static final AwsFailure REFUSED =
      new AwsFailure(AwsFailure.Kind.DENIED, "DeleteFunction", "no");

  /** At 10%, and to go. */
  private static Story deleted(Policies.Removal removal, Custody custody) {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.decisions.clear();
    story.deletion = Observation.Deletion.YES;
    story.policies = Policies.DEFAULT.with(removal);
    story.custody = custody;
    return story;
  }

  private static Verdict decide(Story story) {
    return RolloutDecider.decide(story.progress, story.observe(List.of()));
  }

  static Stream<Arguments> whatIsKnown() {
    return Stream.of(
        Arguments.of(new Custody.Ours(true), Decision.DeleteFunction.class),
        Arguments.of(new Custody.Ours(false), Decision.LetGo.class),
        Arguments.of(new Custody.Another("other/shop/hello"), Decision.LetGo.class),
        Arguments.of(new Custody.Nobodys(), Decision.LetGo.class),
        Arguments.of(new Custody.Absent(), Decision.LetGo.class),
        Arguments.of(new Custody.Unknown(REFUSED), Decision.Hold.class));
  }

  @ParameterizedTest
  @MethodSource("whatIsKnown")
  void invariant9OnlyWhatTheOperatorCreatedGoesAndOnlyAfterTheAlias(
      Custody custody, Class<? extends Decision> then) {
    Story story = deleted(Policies.Removal.DELETE, custody);
    assertThat(decide(story).decision())
        .as("the alias goes to stable first")
        .isInstanceOf(Decision.RollBack.class);
    story.once();

    assertThat(decide(story).decision()).isInstanceOf(then);

    story.policies = Policies.DEFAULT;
    assertThat(decide(story).decision()).as("Retain").isInstanceOf(Decision.LetGo.class);
  }

  @Test
  void theFunctionGoesAndThenNothingIsLeft() {
    Story story = deleted(Policies.Removal.DELETE, new Custody.Ours(true));

    story.once();
    story.once();
    story.alias = new AliasFact.Missing(story.at);

    assertThat(decide(story).decision()).isInstanceOf(Decision.LetGo.class);
    assertThat(decide(story).why()).contains("gone");
  }

  /** The first release bakes; there is nothing to go back to. */
  private static Story deletedFirstRelease() {
    Story story = new Story();
    story.untilQuiet();
    assertThat(story.progress.attempt()).isEqualTo(1);
    assertThat(story.progress.candidate()).isNotNull();
    assertThat(story.progress.stable()).isNull();
    story.deletion = Observation.Deletion.YES;
    story.policies = Policies.DEFAULT.with(Policies.Removal.DELETE);
    story.custody = new Custody.Ours(true);
    return story;
  }

  @Test
  void aFirstReleaseAndOneWithoutStatusGoTheSameWay() {
    Story first = deletedFirstRelease();
    Story withoutStatus = deletedFirstRelease();
    withoutStatus.progress = Progress.BLANK;
    for (Story story : List.of(first, withoutStatus)) {
      assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
      assertThat(decide(story).decision()).isInstanceOf(Decision.DeleteFunction.class);

      story.alias = new AliasFact.Missing(story.at);
      assertThat(decide(story).decision())
          .as("before its alias is made")
          .isInstanceOf(Decision.DeleteFunction.class);

      story.policies = Policies.DEFAULT;
      assertThat(decide(story).decision()).as("Retain").isInstanceOf(Decision.LetGo.class);
    }
  }

  @Test
  void aSharedFunctionWaitsForTheOtherStages() {
    Story story = deleted(Policies.Removal.DELETE_AFTER_OTHERS, new Custody.NotRead());
    story.once();
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));

    assertThat(decide(story).decision()).isInstanceOf(Decision.Hold.class);
    assertThat(decide(story).why()).contains("share it");
  }

  @Test
  void aRefusalIsStalledAndNamesTheWayOut() {
    Story story = deleted(Policies.Removal.DELETE, new Custody.Ours(true));
    story.once();
    story.lastFailure = REFUSED;

    Verdict verdict = decide(story);

    assertThat(verdict.decision()).isInstanceOf(Decision.DeleteFunction.class);
    assertThat(verdict.standing()).isEqualTo(new Standing.Degraded("DeletionBlocked"));
    assertThat(verdict.why()).contains("DeleteFunction: no", "lambdarollouts.dev/abandon");
  }

  @Test
  void whatIsAnothersIsLeftAtOnce() {
    Story story = deleted(Policies.Removal.DELETE, new Custody.Ours(true));
    story.ownedBy = "LambdaRollout shop/other";

    assertThat(decide(story).decision()).isInstanceOf(Decision.LetGo.class);
  }
}
