package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.ProcessWorld;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.simulator.door.Call;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Real processes that die by SIGKILL while AWS' reply is on its way; every other point of death is
 * tried in process (reliability-tests, package faults).
 */
class ProcessDeathTest {
  private final ProcessWorld world = new ProcessWorld();
  private final StoryNamespace namespace = world.namespace();
  private final String function = namespace.name() + "-hello-prod";

  @AfterEach
  void end() {
    world.close();
  }

  private static String rollout() {
    return Manifests.rollout("prod")
        .replace(
            "strategyRef: {name: careful-canary}",
            "strategy: {canary: {steps: [{setWeight: 10}, {pause: {duration: 3s}}]}}");
  }

  private void release(String name) {
    namespace.apply(Manifests.function(name));
  }

  private List<Call> changes(String operation) {
    return world.aws().calls().matching(call -> call.is("lambda", operation) && call.tookEffect());
  }

  @Test
  void killedWhileTheReplyIsOnItsWayTheNextProcessGoesOnAndRepeatsNothing() {
    world.start();
    world.killAt(
        "CreateAlias",
        () -> namespace.apply(Manifests.stage("prod"), Manifests.function("1.0.0"), rollout()));
    world.await("1.0.0", () -> namespace.stage("phase").equals("Succeeded"));

    world.killAt("PublishVersion", () -> release("1.1.0"));
    // The next UpdateAlias is that of 10 %, the one after it that of 100 %.
    world.killAt("UpdateAlias", () -> {});
    world.killAt("UpdateAlias", () -> {});
    world.await(
        "1.1.0",
        () ->
            namespace.stage("phase").equals("Succeeded")
                && namespace.stage("stableVersion").equals("2"));
    assertThat(changes("UpdateAlias")).as("10 % and 100 %").hasSize(2);

    release("1.2.0");
    world.await("10 % of 1.2.0", () -> namespace.stage("weight").equals("10%"));
    world.killAt("UpdateAlias", () -> namespace.apply(Manifests.action("stop", "Abort")));
    world.await("the end", () -> namespace.stage("phase").equals("RolledBack"));

    assertThat(world.clients().alias(function)).isEqualTo("2");
    assertThat(world.clients().versions(function)).as("one version a release").isEqualTo(3);
    assertThat(changes("UpdateAlias")).as("10 % of 1.2.0, and back").hasSize(4);
    assertThat(changes("PublishVersion")).hasSize(3);
  }
}
