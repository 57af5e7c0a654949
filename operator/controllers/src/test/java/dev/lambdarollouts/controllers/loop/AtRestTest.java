package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AtRestTest {
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "dev", "prod");

  @Test
  void nothingIsWrittenOverThreeResyncs() {
    world.resync();
    world.resync();
    world.resync();

    assertThat(world.cluster().writes()).isEmpty();
    assertThat(world.aws().calls()).isEmpty();
  }

  @Test
  void aRestartWritesAndAsksNothing() {
    world.restart();

    assertThat(world.cluster().writes()).isEmpty();
    assertThat(world.aws().callsOfRollouts()).isEmpty();
  }

  @Test
  void theDriftCheckAsksOnceInItsInterval() {
    world.advance(Duration.ofHours(10));

    assertThat(world.cluster().writes()).isEmpty();
    assertThat(world.aws().callsOfRollouts()).hasSize(2 * 20).containsOnly("GetAlias");
  }

  @Test
  void twoStagesAreNotCheckedAtTheSameMoment() {
    String seen = "";
    for (int minute = 0; minute < 30; minute++) {
      int before = world.aws().callsOfRollouts().size();
      world.advance(Duration.ofMinutes(1));
      seen += world.aws().callsOfRollouts().size() - before;
    }

    assertThat(seen).matches("0*10*10*");
  }

  @Test
  void aForeignMoveIsToldAndLeftAlone() {
    world.aws().functions().deployedByHand("hello-prod");
    AliasTarget foreign = AliasTarget.only(new VersionNumber("2"));
    world.aws().aliases().move("hello-prod", "live", foreign);

    world.advance(Duration.ofMinutes(31));

    assertThat(world.aws().aliases().target("hello-prod", "live")).isEqualTo(foreign);
    assertThat(world.pause("prod")).isEqualTo("Drift");
    assertThat(world.status().message()).startsWith("prod: somebody else moved the alias");
  }

  @Test
  void nobodyWatchesAlarms() {
    assertThat(world.aws().alarms().watchers()).isEmpty();
  }
}
