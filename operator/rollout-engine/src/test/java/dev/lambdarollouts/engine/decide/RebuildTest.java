package dev.lambdarollouts.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without status the place is found from the marks: api.md, Rebuild. */
class RebuildTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");

  private static AliasTarget split(int percent) {
    return AliasTarget.split(ONE, TWO, Weight.ofPercent(percent));
  }

  @Test
  void withoutStatusThePlaceIsFoundFromTheMark() {
    Story story = Story.withStableA();
    story.untilQuiet();
    Progress before = story.progress;
    story.decisions.clear();
    story.progress = Progress.BLANK;
    story.alias =
        new AliasFact.Present(story.target(), "r", story.mark(), story.at, AliasFact.Source.READ);
    story.untilQuiet();
    assertThat(story.decisions).as("no traffic is moved").isEmpty();
    assertThat(story.progress.entryIndex()).isEqualTo(before.entryIndex());
    assertThat(story.progress.stable()).isEqualTo(before.stable());
    assertThat(story.progress.weight()).isEqualTo(before.weight());
    assertThat(story.progress.candidate().name()).as("Git still says it").isEqualTo("rB");
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(split(50));
  }

  @Test
  void withoutStatusACanaryOnALaterStepIsFoundThere() {
    Story story = Story.withStableA();
    story.untilQuiet();
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).isEqualTo(split(50));
    Progress before = story.progress;
    story.decisions.clear();
    story.progress = Progress.BLANK;
    story.alias =
        new AliasFact.Present(story.target(), "r", story.mark(), story.at, AliasFact.Source.READ);
    story.untilQuiet();
    assertThat(story.decisions).isEmpty();
    assertThat(story.progress.entryIndex()).isEqualTo(before.entryIndex());
    story.pass(Duration.ofMinutes(5));
    assertThat(story.target()).as("the next step, not the first").isEqualTo(AliasTarget.only(TWO));
  }

  @Test
  void withStatusAndSpecGoneAPersonCanStillTakeTheTrafficBack() {
    Story story = Story.withStableA();
    story.untilQuiet();
    AliasTarget ten = story.target();
    story.progress = Progress.BLANK;
    story.invalid = new DesiredRelease.Missing("RolloutStrategy careful does not exist");
    story.untilQuiet();
    assertThat(story.target()).isEqualTo(ten);
    assertThat(story.progress.weight()).isEqualTo(Weight.ofPercent(10));
    assertThat(story.last.standing()).isEqualTo(new Standing.Degraded("InvalidSpec"));

    Progress found = story.progress;
    story.invalid = null;
    story.untilQuiet();
    assertThat(story.progress.plan()).as("the plan once it is known again").isNotNull();
    assertThat(story.target()).isEqualTo(ten);

    story.progress = found;
    story.invalid = new DesiredRelease.Missing("RolloutStrategy careful does not exist");
    story.person(OpenAction.Verb.ABORT);
    assertThat(story.target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(story.last.why()).contains("does not exist", "version 2 is RolledBack: aborted by");
  }
}
