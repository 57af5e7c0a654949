package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of releases that went by, and the way back to them. */
class HistoryTest {
  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void release(String name) {
    namespace.apply(Manifests.function(name));
    world.untilPromoted(name);
  }

  private void keeping(String more) {
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.rollout("prod")
                .replace("strategyRef: {name: careful-canary}", "strategy: {allAtOnce: {}}")
            + more);
  }

  private List<String> versions() {
    return world
        .clients()
        .lambda()
        .listVersionsByFunction(request -> request.functionName(function))
        .versions()
        .stream()
        .map(version -> version.version())
        .toList();
  }

  @Test
  void invariant10AnOldVersionGoesUnlessAnAliasNamesItOrItTookTrafficAMomentAgo() {
    keeping("  revisionHistoryLimit: 1\n");
    release("1.0.0");
    world.clients().createAlias(function, "pinned", "1");
    release("1.1.0");
    release("1.2.0");
    release("1.3.0");
    assertThat(versions()).as("too soon").containsExactly("$LATEST", "1", "2", "3", "4");

    world.passUntil("version 2 gone", Duration.ofHours(2), () -> !versions().contains("2"));

    world.pass(Duration.ofMinutes(31));
    world.settle();
    assertThat(versions()).as("1 is pinned, 3 is kept, 4 serves").contains("1", "3", "4");
    assertThat(world.aws().calls().of("lambda", "DeleteFunction"))
        .extracting(Call::resource)
        .allMatch(resource -> resource.contains(function));
  }

  @Test
  void goingBackInsideTheRollbackWindowSkipsTheSteps() {
    keeping("  rollbackWindow: {revisions: 3}\n");
    release("1.0.0");
    release("1.1.0");
    namespace.apply(
        Manifests.strategy(), Manifests.rollout("prod") + "  rollbackWindow: {revisions: 3}\n");
    world.clients().createErrorsAlarm(function);
    world.aws().calls().clear();

    release("1.0.0");

    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(world.aws().calls().of("lambda", "UpdateAlias"))
        .as("no steps: all at once, and the mark after the bake")
        .hasSize(2);
    assertThat(world.aws().calls().of("lambda", "PublishVersion")).isEmpty();
    assertThat(namespace.stage("history[0].outcome")).isEqualTo("FastRolledBack");
  }
}
