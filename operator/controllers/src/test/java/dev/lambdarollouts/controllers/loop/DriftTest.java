package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else moved the alias of a stage at rest; found by the drift check. */
class DriftTest {
  private static final AliasTarget THEIRS = AliasTarget.only(new VersionNumber("2"));
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  @BeforeEach
  void somebodyPublishes() {
    world.aws().functions().deployedByHand("hello-prod");
  }

  private void drifts(String policy) {
    world.cluster().apply(Manifests.stage("prod", "driftPolicy: " + policy));
    world.settle();
    world.aws().forgetCalls();
    world.aws().aliases().move("hello-prod", "live", THEIRS);
    world.advance(Duration.ofMinutes(31));
  }

  private AliasTarget target() {
    return world.aws().aliases().target("hello-prod", "live");
  }

  @Test
  void revertPutsItBackByOneCallAndTellsOfIt() {
    drifts("Revert");

    assertThat(target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(world.aws().callsOfRollouts()).contains("UpdateAlias").hasSizeLessThan(5);
    assertThat(world.pause("prod")).isEmpty();
    assertThat(world.cluster().notices())
        .filteredOn(notice -> notice.reason().equals("Drift"))
        .singleElement()
        .extracting(Notice::warning, Notice::message)
        .satisfies(
            told -> assertThat(told.toString()).contains("true", "restores it (driftPolicy"));
  }

  @Test
  void adoptTakesItAsStableAndTheNextReleaseGoesOnFromThere() {
    drifts("Adopt");

    assertThat(target()).isEqualTo(THEIRS);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.rejectedFor("prod")).isEqualTo("Drift");
    assertThat(world.aws().aliases().description("hello-prod", "live")).contains(" s=2:- ");

    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(40));
    assertThat(world.aws().aliases().moves())
        .endsWith(
            "hello-prod:live on version 2 and 10% on version 3",
            "hello-prod:live on version 2 and 50% on version 3", "hello-prod:live on version 3");
  }

  @Test
  void resumeRestoresUnderPause() {
    drifts("Pause");
    assertThat(target()).isEqualTo(THEIRS);
    assertThat(world.status().message()).contains("Resume");

    world.cluster().apply(Manifests.action("back", "Resume", ""));
    world.settle();

    assertThat(target()).isEqualTo(AliasTarget.only(new VersionNumber("1")));
    assertThat(world.pause("prod")).isEmpty();
  }

  @Test
  void aRollbackByHandIsLeftWhereItIsUnderRevert() {
    world.cluster().apply(Manifests.stage("prod", "driftPolicy: Revert"));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    world.aws().aliases().move("hello-prod", "live", THEIRS);
    world.advance(Duration.ofMinutes(70));

    assertThat(target()).isEqualTo(THEIRS);
    assertThat(world.rejectedFor("prod")).isEqualTo("Drift");
  }
}
