package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What goes wrong outside: nothing is lost, and what is not known is not acted on. */
class FaultsTest {
  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @BeforeEach
  void canaryAtTenPercent() {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void awsUnreachableForAWhileHoldsTheWeightAndThenItGoesOn() {
    world.aws().faults().down();
    for (int step = 0; step < 16; step++) {
      world.pass(Duration.ofSeconds(30));
    }
    world.awaitReal(
        "a word about it", () -> namespace.rollout(".status.message").contains("holds: alarm"));
    assertThat(namespace.stage("weight")).isEqualTo("10%");
    world.aws().faults().up();
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.1");
    world.untilPromoted("1.1.0");
    assertThat(world.clients().versions(function)).isEqualTo(2);
  }

  @Test
  void aReplyLostAfterItsEffectIsNotTakenForSomebodyElse() {
    world.aws().faults().once("lambda", "UpdateAlias", Fault.cutAfterEffect());
    world.untilPromoted("1.1.0");
    assertThat(world.clients().alias(function)).isEqualTo("2");
  }

  @Test
  void anAlarmThatFiredAndRecoveredWhileTheOperatorWasDownRollsBack() {
    world.stopOperator();
    world.pass(Duration.ofMinutes(2));
    world.clients().setAlarm(function, StateValue.ALARM);
    world.pass(Duration.ofMinutes(1));
    world.clients().setAlarm(function, StateValue.OK);
    world.pass(Duration.ofHours(3));
    world.startOperator();
    world.passUntil(
        "the alias on stable",
        Duration.ofMinutes(2),
        () -> world.clients().alias(function).equals("1"));
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    assertThat(namespace.stage("rejectedReleases[0].cause.message")).contains("meanwhile");
  }

  @Test
  void anActionThatNamesNoRolloutIsAnswered() {
    namespace.apply(
        Manifests.action("typo", "Abort").replace("{name: hello}, action", "{name: helo}, action"));
    world.awaitReal(
        "the answer",
        () ->
            namespace
                .kubectl("get", "lra", "typo", "-o", "jsonpath={.status.phase} {.status.message}")
                .equals(
                    "Refused spec.rolloutRef.name: found helo; there is no such LambdaRollout in"
                        + " this namespace"));
  }
}
