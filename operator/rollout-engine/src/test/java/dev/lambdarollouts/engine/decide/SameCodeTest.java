package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.junit.jupiter.api.Test;

/** Prod runs what dev ran: invariant 14. */
class SameCodeTest {
  @Test
  void prodRunsWhatDevRan() {
    Story story = Story.withStableA();
    story.stageBefore = new StageBefore.Stands("dev", "sha-of-dev");
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.why()).contains("CodeChanged", "dev", "sha-of-dev");
  }

  @Test
  void prodRunsWhatDevRanWhenItBeganAlsoWhileDevDoesNotStandAnyMore() {
    Story story = Story.withStableA();
    story.stageBefore = new StageBefore.Stands("dev", "sha-of-dev");
    FunctionFact ready = story.function;
    story.function = new FunctionFact.Settling("InProgress");
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.DEPLOYING);
    story.function = ready;
    story.stageBefore = new StageBefore.NotThere("dev", "something beside it is set anew");
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.last.why()).contains("CodeChanged", "sha-of-dev");
  }

  @Test
  void whichCodeStableRunsIsFoundAgainWhenGitGoesBackToIt() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.person(OpenAction.Verb.ABORT);
    assertThat(story.progress.codeOfStable()).isNull();
    story.desired = "A";
    story.untilQuiet();
    assertThat(story.progress.phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(story.progress.codeOfStable()).isEqualTo("sha-x");
  }
}
