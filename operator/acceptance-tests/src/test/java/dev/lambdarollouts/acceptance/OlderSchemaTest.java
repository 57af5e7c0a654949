package dev.lambdarollouts.acceptance;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Objects that were stored under another version of the CRDs. */
@Isolated("takes the schema away from all stories for a moment")
class OlderSchemaTest {
  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aPoisonObjectStopsNeitherTheOperatorNorAnotherRollout() {
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.clients().createErrorsAlarm(world.functionName("prod"));
    namespace.withoutSchema(
        "lambdarollouts",
        () ->
            namespace.apply(
                """
                apiVersion: lambdarollouts.dev/v1alpha1
                kind: LambdaRollout
                metadata: {name: poisoned}
                spec: {functionRef: {name: hello}, stages: "of an older schema", fromNextYear: 1}
                """));
    world.passUntil(
        "a word about the poison",
        Duration.ofMinutes(1),
        () -> namespace.rollout("poisoned", ".status.message").contains("spec.stages"));
    world.untilPromoted("1.0.0");
  }
}
