package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionStoryTest {
  private static final String WAY_OUT = "lambdarollouts.dev/abandon";

  /** At 10%, and to go. */
  private static Story deleted() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.deletion = Observation.Deletion.YES;
    return story;
  }

  private static Verdict decide(Story story) {
    return RolloutDecider.decide(story.progress, story.observe(List.of()));
  }

  @ParameterizedTest
  @EnumSource(AwsFailure.Kind.class)
  void withoutStatusNothingIsLetGoBeforeTheAliasIsSeen(AwsFailure.Kind kind) {
    Story story = deleted();
    story.progress = Progress.BLANK;
    AliasFact ten = story.alias;
    AwsFailure failure = new AwsFailure(kind, "GetAlias", "ExpiredToken");
    story.alias = new AliasFact.Unknown(failure);

    Verdict verdict = decide(story);

    assertThat(verdict.decision()).isInstanceOf(Decision.Hold.class);
    assertThat(verdict.why()).contains("GetAlias: ExpiredToken", WAY_OUT);
    assertThat(verdict.standing() instanceof Standing.Degraded).isEqualTo(failure.isRefusal());

    story.alias = ten;
    story.decisions.clear();
    story.once();
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
  }

  @Test
  void whereTheAliasMayNotBeChangedItIsStalledAndNamesTheWayOut() {
    Story story = deleted();
    story.lastFailure = new AwsFailure(AwsFailure.Kind.DENIED, "UpdateAlias", "no");

    Verdict verdict = decide(story);

    assertThat(verdict.decision()).isInstanceOf(Decision.RollBack.class);
    assertThat(verdict.standing()).isEqualTo(new Standing.Degraded("RollbackBlocked"));
    assertThat(verdict.why()).contains("UpdateAlias: no", WAY_OUT);
  }

  @Test
  void whereTheAliasMayNotBeReadItIsStalledAndNamesTheWayOut() {
    Story story = deleted();
    story.alias = new AliasFact.Unknown(new AwsFailure(AwsFailure.Kind.DENIED, "GetAlias", "no"));

    Verdict verdict = decide(story);

    assertThat(verdict.standing()).isEqualTo(new Standing.Degraded("RollbackBlocked"));
    assertThat(verdict.why()).contains("GetAlias: no", WAY_OUT);
  }

  @Test
  void theAliasOfAFirstReleaseThatFailedStaysWhereAPersonPutIt() {
    Story story = new Story();
    story.untilQuiet();
    story.alarm = AlarmSample.State.ALARM;
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.FAILED);
    story.aliasIs(AliasTarget.only(new VersionNumber("7")));
    story.deletion = Observation.Deletion.YES;

    assertThat(decide(story).decision()).isInstanceOf(Decision.LetGo.class);
  }
}
