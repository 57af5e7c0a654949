package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * What keeps a release from traffic: a slot, a brake, and a word that says which input is wrong.
 */
class GatesTest {
  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();

  @AfterEach
  void end() {
    world.close();
  }

  private static String function(String name, String release) {
    return Manifests.function(release).replace("metadata: {name: hello}", named(name));
  }

  private static String rollout(String name) {
    return Manifests.rollout("prod")
        .replace("metadata: {name: hello}", named(name))
        .replace("functionRef: {name: hello}", "functionRef: {name: " + name + "}");
  }

  private static String named(String name) {
    return "metadata: {name: " + name + "}";
  }

  private String aws(String name) {
    return namespace.name() + "-" + name + "-prod";
  }

  private String stage(String rollout, String field) {
    return namespace.rollout(rollout, ".status.stages[0]." + field);
  }

  @Test
  void rolloutsTakeTurnsWhereOnlyOneMayMoveAndASuspendedStageOnlyGoesBack() {
    for (String name : new String[] {"one", "two"}) {
      world.clients().createErrorsAlarm(aws(name));
      namespace.apply(function(name, "1.0.0"), rollout(name));
    }
    String once =
        Manifests.stage("prod").replace("alias: live", "alias: live, maxConcurrentRollouts: 1");
    namespace.apply(once, Manifests.strategy());
    for (String name : new String[] {"one", "two"}) {
      world.passUntil(
          name + " promoted",
          Duration.ofMinutes(40),
          () -> namespace.rollout(name, ".status.phase").equals("Healthy"));
    }

    namespace.apply(function("one", "1.1.0"));
    world.passUntil(
        "10 % of one", Duration.ofMinutes(5), () -> stage("one", "weight").equals("10%"));
    world.passUntil("one counted", Duration.ofMinutes(2), () -> activeInProd().equals("1"));
    namespace.apply(function("two", "1.1.0"));
    world.passUntil(
        "two waits",
        Duration.ofMinutes(3),
        () -> namespace.rollout("two", ".status.message").contains("waits for a slot"));
    assertThat(world.clients().alias(aws("two"))).isEqualTo("1");
    world.passUntil(
        "10 % of two", Duration.ofMinutes(40), () -> stage("two", "weight").equals("10%"));
    assertThat(stage("one", "phase")).isEqualTo("Succeeded");

    namespace.apply(once.replace("alias: live", "alias: live, suspended: true"));
    world.passUntil(
        "the brake told",
        Duration.ofMinutes(1),
        () -> namespace.rollout("two", ".status.phase").equals("Paused"));
    world.pass(Duration.ofMinutes(10));
    assertThat(world.clients().alias(aws("two"))).isEqualTo("1+2=0.1");
    world.clients().setAlarm(aws("two"), StateValue.ALARM);
    world.passOnePoll();
    world.awaitReal("the way back", () -> world.clients().alias(aws("two")).equals("1"));
    world.passUntil("none counted", Duration.ofMinutes(2), () -> activeInProd().equals("0"));
  }

  private String activeInProd() {
    return namespace.kubectl("get", "lst", "prod", "-o", "jsonpath={.status.activeRollouts}");
  }

  private void says(String... words) {
    world.passUntil(
        String.join(", ", words),
        Duration.ofMinutes(2),
        () -> {
          String message = namespace.rollout(".status.message");
          for (String word : words) {
            if (!message.contains(word)) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void invariant11EachWrongInputIsToldByFieldAndRemedyAndMovesNoTraffic() {
    assertThat(namespace.tryApply(Manifests.rollout("prod", "prod")).stderr())
        .contains("spec.stages", "stands here twice: remove one");

    namespace.apply(Manifests.function("1.0.0"), Manifests.rollout("prod"));
    says("LambdaStage prod", "does not exist");
    String stage = Manifests.stage("prod");
    namespace.apply(stage);
    says("RolloutStrategy careful-canary", "does not exist");
    world.clients().createErrorsAlarm(aws("hello"));
    namespace.apply(Manifests.strategy());
    world.passUntil("the first release", Duration.ofMinutes(20), this::isThere);
    world.aws().calls().clear();

    namespace.apply(
        Manifests.function("1.1.0"),
        stage.replace(
            "alias: live",
            "alias: live, promotionWindows: [{name: never, kind: Allow, schedule: \"0 0 30 2 *\","
                + " duration: 1h}]"));
    says("spec.promotionWindows[0].schedule", "0 0 30 2 *", "never opens");
    namespace.apply(
        Manifests.stage("other").replace("111122223333", "999988887777"),
        Manifests.rollout("other"));
    says("999988887777", "111122223333");
    namespace.apply(
        Manifests.stage("long").replace("{stage}", "x".repeat(64)), Manifests.rollout("long"));
    says("spec.functionNameTemplate", "64");
    assertThat(world.clients().alias(aws("hello"))).isEqualTo("1");
    assertThat(world.aws().calls().of("lambda", "PublishVersion")).isEmpty();
  }

  private boolean isThere() {
    return world.clients().alias(aws("hello")).equals("1");
  }
}
