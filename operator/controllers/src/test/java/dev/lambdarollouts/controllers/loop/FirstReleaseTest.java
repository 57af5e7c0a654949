package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstReleaseTest {
  private final ModelWorld world = new ModelWorld();

  @Test
  void aFirstReleaseIsDeployedPublishedAndPutBehindItsAlias() {
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(Manifests.canary());
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.cluster().apply(Manifests.rollout("prod"));

    world.advance(Duration.ofMinutes(15));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().aliases().moves()).containsExactly("hello-prod:live on version 1");
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
  }
}
