package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.app.LambdaRolloutsOperator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two operators, of which one acts. */
class LeadershipTest {

  @Test
  void aSecondLeaderTakesOverInMidCanaryAndRepeatsNothing() {
    try (World world =
        World.start(
            Map.of(
                "LAMBDA_ROLLOUTS_LEADER_ELECTION_ENABLED", "true",
                "LAMBDA_ROLLOUTS_DRIFT_CHECK_INTERVAL", "24h"))) {
      StoryNamespace namespace = world.namespace();
      String function = world.functionName("prod");
      world.awaitReal("a leader", () -> world.operator().leaderSince() != null);
      try (LambdaRolloutsOperator second = world.anotherOperator()) {
        world.clients().createErrorsAlarm(function);
        namespace.apply(
            Manifests.stage("prod"),
            Manifests.strategy(),
            Manifests.function("1.0.0"),
            Manifests.rollout("prod"));
        world.untilPromoted("1.0.0");
        namespace.apply(Manifests.function("1.1.0"));
        world.passUntil(
            "10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
        assertThat(second.leaderSince()).as("the second stands by").isNull();

        world.aws().calls().clear();
        world.stopOperator();
        world.awaitReal("the second leads", () -> second.leaderSince() != null);
        world.untilPromoted("1.1.0");
        assertThat(world.clients().alias(function)).isEqualTo("2");
        assertThat(world.clients().versions(function)).isEqualTo(2);
        assertThat(world.aws().calls().of("lambda", "UpdateAlias"))
            .as("50 %, 100 % and the mark after the bake: nothing twice")
            .hasSize(3);
      }
    }
  }
}
