package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Annotation take-over-from: invariant 12. */
class TakeOverTest {
  private static final String BEFORE = "old/shop/hello";
  private static final String BEFORES_MARK = "fedcba9876";
  private static final VersionNumber SEVEN = new VersionNumber("7");
  private static final AliasTarget ON_SEVEN = AliasTarget.only(SEVEN);

  /** A rollout that knows nothing yet, and a function that another installation had. */
  private static Story another(Policies.TakeOver named, Custody custody) {
    Story story = new Story();
    story.policies = Policies.DEFAULT.from(named);
    story.custody = custody;
    story.alias =
        new AliasFact.Present(
            ON_SEVEN,
            "theirs",
            new AliasMark(
                BEFORES_MARK, new AliasMark.Marked(SEVEN, new ReleaseId("1-old")), null, null),
            story.at,
            AliasFact.Source.READ);
    return story;
  }

  private static Policies.TakeOver named() {
    return new Policies.TakeOver(BEFORE, BEFORES_MARK);
  }

  private static Verdict decide(Story story) {
    return RolloutDecider.decide(story.progress, story.observe(List.of()));
  }

  static Stream<Arguments> whatDoesNotMatch() {
    return Stream.of(
        Arguments.of(null, new Custody.Another(BEFORE), "take-over-from: " + BEFORE),
        Arguments.of(named(), new Custody.Another("x/y/z"), "x/y/z"),
        Arguments.of(null, new Custody.Nobodys(), "lambdarollouts.dev/take-over-from"),
        Arguments.of(
            new Policies.TakeOver("x/y/z", "0000000000"), new Custody.Nobodys(), BEFORES_MARK),
        Arguments.of(
            new Policies.TakeOver("x/y/z", "0000000000"), new Custody.Another(BEFORE), BEFORE));
  }

  @ParameterizedTest
  @MethodSource("whatDoesNotMatch")
  void invariant12WhatTheTagsDoNotNameIsNotTakenAndTheMessageSaysWhatTheySay(
      Policies.TakeOver named, Custody custody, String told) {
    Story story = another(named, custody);

    story.untilQuiet();

    assertThat(story.decisions).isEmpty();
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("OwnedByAnother"));
    assertThat(story.last.why()).contains(told);
  }

  @Test
  void whereTheTagsCannotBeReadItWaits() {
    Story story =
        another(
            named(),
            new Custody.Unknown(new AwsFailure(AwsFailure.Kind.THROTTLED, "GetFunction", "slow")));

    story.untilQuiet();

    assertThat(story.decisions).isEmpty();
    assertThat(story.progress).isEqualTo(Progress.BLANK.with().desired(new ReleaseId("A")).build());
  }

  @Test
  void whatMatchesIsTakenByTheTagsThenByTheMarkAndNothingMoves() {
    Story story = another(named(), new Custody.Another(BEFORE));
    story.versions.put(
        "A",
        new VersionFact.Published(SEVEN, VersionFact.State.ACTIVE, "sha-A", "role", null, null));

    story.untilQuiet();

    assertThat(story.decisions)
        .hasExactlyElementsOfTypes(Decision.TakeOver.class, Decision.WriteMark.class);
    assertThat(story.decisions.getFirst()).isEqualTo(new Decision.TakeOver(BEFORE));
    assertThat(story.target()).isEqualTo(ON_SEVEN);
    assertThat(story.mark().owner()).isEqualTo(Story.OWNER);
    assertThat(story.progress.phase())
        .as("an equal version is relabelled: no rollout")
        .isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.stable()).isEqualTo(new Stable(SEVEN, new ReleaseId("A")));
  }

  @Test
  void whatItsOwnerLetGoOfIsTakenByTheAliasMarkWhichStillNamesThatOwner() {
    Story story = another(named(), new Custody.Nobodys());

    story.untilQuiet();

    assertThat(story.decisions)
        .startsWith(new Decision.Claim())
        .element(1)
        .isInstanceOf(Decision.WriteMark.class);
    assertThat(story.target().primary()).isEqualTo(SEVEN);
    assertThat(story.mark().owner()).isEqualTo(Story.OWNER);
    assertThat(story.progress.stable()).isEqualTo(new Stable(SEVEN, new ReleaseId("1-old")));
  }

  @Test
  void deletedBeforeItWasTakenItTouchesNothing() {
    Story story = another(named(), new Custody.Another(BEFORE));
    story.deletion = Observation.Deletion.YES;

    assertThat(decide(story).decision()).isInstanceOf(Decision.LetGo.class);
  }
}
