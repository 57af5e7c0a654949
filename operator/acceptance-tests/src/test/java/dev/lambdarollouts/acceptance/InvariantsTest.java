package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import dev.lambdarollouts.testcluster.KubectlResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * api.md, What must always hold: on the real API server and the simulated AWS, one test an
 * invariant.
 */
class InvariantsTest {
  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void stableOn(String release) {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function(release),
        Manifests.rollout("prod"));
    world.untilPromoted(release);
  }

  private void canaryAtTenPercent() {
    stableOn("1.0.0");
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
  }

  private List<String> lambdaChanges() {
    return world
        .aws()
        .calls()
        .matching(call -> call.service().equals("lambda") && call.attempt().mutates())
        .stream()
        .map(Call::operation)
        .toList();
  }

  private String statusWritten() {
    return namespace.kubectl(
        "get",
        "lro",
        "hello",
        "--show-managed-fields",
        "-o",
        "jsonpath={.metadata.managedFields[?(@.subresource==\"status\")].time}");
  }

  @Test
  void invariant1UnknownNeverAdvances() {
    canaryAtTenPercent();
    world.clients().deleteErrorsAlarm(function);
    world.passUntil(
        "a word about the missing alarm",
        Duration.ofMinutes(2),
        () -> namespace.rollout(".status.message").contains("does not exist"));
    for (int step = 0; step < 12; step++) {
      world.pass(Duration.ofMinutes(1));
    }
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.1");
    world.clients().createErrorsAlarm(function);
    world.passUntil("50 %", Duration.ofMinutes(8), () -> namespace.stage("weight").equals("50%"));
  }

  @Test
  void invariant2RollbackNeedsNoUnpausedAndNoValidSpec() {
    canaryAtTenPercent();
    namespace.kubectl(
        "patch", "lro", "hello", "--type=merge", "-p", "{\"spec\":{\"paused\":true}}");
    namespace.kubectl("delete", "configmap", "hello-src-1.1.0");
    namespace.kubectl("delete", "lrs", "careful-canary");
    world.passUntil(
        "the hold",
        Duration.ofMinutes(1),
        () -> !namespace.rollout(".status.phase").equals("Progressing"));
    world.clients().setAlarm(function, StateValue.ALARM);
    world.passOnePoll();
    world.awaitReal("the alias on stable", () -> world.clients().alias(function).equals("1"));
  }

  @Test
  void invariant3AForeignMoveIsNeverOverwritten() {
    canaryAtTenPercent();
    world.clients().pointAlias(function, "1", "2", 0.42);
    // The operator still believes in 10 %: its next step carries an old RevisionId and is refused.
    world.passUntil(
        "the drift told",
        Duration.ofMinutes(10),
        () -> namespace.rollout(".status.message").contains("somebody else moved the alias"));
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.42");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Paused");

    namespace.apply(Manifests.action("put-it-back", "Resume"));
    world.awaitReal("10 % again", () -> world.clients().alias(function).equals("1+2=0.1"));
  }

  @Test
  void invariant4OneReleasePublishesOneVersionHoweverOftenTheOperatorDies() {
    stableOn("1.0.0");
    namespace.apply(Manifests.function("1.1.0"));
    for (int death = 0; death < 6; death++) {
      world.stopOperator();
      world.startOperator();
      world.pass(Duration.ofSeconds(2));
    }
    world.untilPromoted("1.1.0");
    assertThat(world.clients().versions(function)).isEqualTo(2);
  }

  @Test
  void invariant5WithTheStatusLostThePlaceIsFoundFromTheMarks() {
    canaryAtTenPercent();
    world.stopOperator();
    world.aws().calls().clear();
    namespace.kubectl(
        "patch",
        "lro",
        "hello",
        "--subresource=status",
        "--type=json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/status\"}]");
    world.startOperator();
    world.passUntil(
        "10 % again", Duration.ofMinutes(2), () -> namespace.stage("weight").equals("10%"));
    assertThat(lambdaChanges()).as("no traffic is moved").isEmpty();
    world.untilStagePhase("Succeeded", Duration.ofMinutes(30));
    assertThat(world.clients().alias(function)).isEqualTo("2");
  }

  @Test
  void invariant6ANewReleaseSupersedesByWayOfStable() {
    canaryAtTenPercent();
    world.aws().calls().clear();
    namespace.apply(Manifests.function("1.2.0"));
    world.passUntil(
        "10 % of the next",
        Duration.ofMinutes(5), () -> world.clients().alias(function).equals("1+3=0.1"));
    assertThat(world.aws().calls().of("lambda", "UpdateAlias"))
        .as("back to stable, then 10 % of the new one")
        .hasSize(2);
    assertThat(namespace.stage("history[0].outcome")).isEqualTo("Superseded");
  }

  @Test
  void invariant7TheFirstReleaseSkipsTheStepsButNotTheBake() {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilStagePhase("Baking", Duration.ofMinutes(3));
    assertThat(world.clients().alias(function)).isEqualTo("1");
    world.pass(Duration.ofMinutes(2));
    assertThat(namespace.stage("phase")).isEqualTo("Baking");
    world.untilPromoted("1.0.0");
  }

  @Test
  void invariant8ARejectedReleaseIsNotTriedAgain() {
    canaryAtTenPercent();
    namespace.apply(Manifests.action("stop", "Abort"));
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    world.aws().calls().clear();
    world.stopOperator();
    world.startOperator();
    namespace.apply(Manifests.function("1.1.0"), Manifests.rollout("prod"), Manifests.strategy());
    namespace.kubectl("annotate", "lro", "hello", "touched=yes");
    for (int step = 0; step < 10; step++) {
      world.pass(Duration.ofMinutes(1));
    }
    assertThat(lambdaChanges()).isEmpty();
    assertThat(namespace.stage("phase")).isEqualTo("RolledBack");
  }

  @Test
  void invariant9DeletingTheRolloutLeavesTheAliasOnStable() {
    canaryAtTenPercent();
    namespace.kubectl("delete", "lro", "hello", "--wait=false");
    world.passUntil(
        "gone",
        Duration.ofMinutes(1),
        () -> namespace.kubectl("get", "lro", "-o", "name").isEmpty());
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(world.clients().versions(function)).as("everything else as it is").isEqualTo(2);
    namespace.kubectl("delete", "lfn/hello", "lst/prod", "--timeout=30s");
  }

  @Test
  void invariant11BadInputIsRefusedOrToldAndMovesNoTraffic() {
    canaryAtTenPercent();
    KubectlResult refused =
        namespace.tryApply(Manifests.strategy().replace("{setWeight: 50}", "{setWeight: 5}"));
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.stderr()).contains("spec.canary.steps");

    namespace.apply(
        Manifests.stage("prod")
            .replace(
                "alias: live", "alias: live, provisionedConcurrency: 5, reservedConcurrency: 4"));
    world.passUntil(
        "InvalidSpec",
        Duration.ofMinutes(1),
        () -> namespace.reasonOf("hello", "Stalled").equals("InvalidSpec"));
    assertThat(namespace.rollout(".status.message"))
        .contains(
            "LambdaStage prod", "spec.provisionedConcurrency", "more than reservedConcurrency");
    assertThat(
            namespace.kubectl("wait", "--for=condition=Ready=False", "lst/prod", "--timeout=30s"))
        .contains("condition met");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Degraded");
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.1");
  }

  @Test
  void invariant12AFunctionBelongsToOneRollout() {
    stableOn("1.0.0");
    world.aws().calls().clear();
    namespace.apply(
        Manifests.rollout("prod").replace("{name: hello}\nspec", "{name: second}\nspec"));
    world.passUntil(
        "the refusal",
        Duration.ofMinutes(1),
        () -> namespace.reasonOf("second", "Stalled").equals("OwnedByAnother"));
    assertThat(namespace.rollout("second", ".status.message")).contains("hello");
    assertThat(lambdaChanges()).isEmpty();
  }

  @Test
  void invariant15AnAliasThatWeDidNotMakeIsNotTouched() {
    stableOn("1.0.0");
    world.clients().createAlias(function, "other", "$LATEST");
    world.aws().calls().clear();
    namespace.apply(
        Manifests.stage("second")
            .replace("alias: live", "alias: other")
            .replace("{function}-{stage}", "{function}-prod"));
    namespace.apply(Manifests.rollout("prod", "second"));
    world.passUntil(
        "the refusal",
        Duration.ofMinutes(2),
        () -> namespace.reasonOf("hello", "Stalled").equals("OwnedByAnother"));
    assertThat(lambdaChanges()).isEmpty();
  }

  @Test
  void invariant16AtRestNothingIsWritten() {
    stableOn("1.0.0");
    world.pass(Duration.ofSeconds(5));
    String written = statusWritten();
    world.aws().calls().clear();
    for (int resync = 0; resync < 3; resync++) {
      namespace.kubectl("annotate", "--overwrite", "lro", "hello", "resync-" + resync + "=x");
      for (int minute = 0; minute < 31; minute++) {
        world.pass(Duration.ofMinutes(1));
      }
    }
    world.awaitReal("a drift check", () -> !world.aws().calls().of("lambda", "GetAlias").isEmpty());
    assertThat(world.aws().calls().matching(call -> call.attempt().mutates())).isEmpty();
    assertThat(world.aws().calls().of("monitoring")).as("no alarm is polled at rest").isEmpty();
    assertThat(statusWritten()).as("the status").isEqualTo(written);
  }
}
