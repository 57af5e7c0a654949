package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The story of the README, step by step as a person sees it. */
class WholeStoryTest {
  /** No drift check falls into a story that counts calls. */
  private final World world = World.start(Map.of("LAMBDA_ROLLOUTS_DRIFT_CHECK_INTERVAL", "24h"));

  private final StoryNamespace namespace = world.namespace();

  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void firstRelease() {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");
  }

  @Test
  void fromKubectlApplyToShiftedTrafficAndBackOnAnAlarm() {
    firstRelease();
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Healthy");

    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.1");
    assertThat(namespace.kubectl("get", "lro").lines().toList().getFirst())
        .matches("NAME +FUNCTION +STAGE +PHASE +STEP +WEIGHT +STABLE +CANARY +AGE");
    assertThat(namespace.kubectl("get", "lro").lines().toList().getLast())
        .matches("hello +hello +prod +Progressing +2/5 +10% +1 +2 +.*");

    world.passUntil("50 %", Duration.ofMinutes(8), () -> namespace.stage("weight").equals("50%"));
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.5");
    world.untilPromoted("1.1.0");
    assertThat(world.clients().alias(function)).isEqualTo("2");

    namespace.apply(Manifests.function("1.2.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    world.settle();
    world.clients().setAlarm(function, StateValue.ALARM);
    // One poll interval and one second: no more simulated time passes until the alias is back.
    world.passOnePoll();
    world.awaitReal("the alias on stable", () -> world.clients().alias(function).equals("2"));
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Degraded");
    assertThat(namespace.rollout(".status.message")).contains(function + "-errors", "ALARM");
    assertThat(namespace.reasonOf("hello", "Stalled")).isEqualTo("RolledBack");
    assertThat(world.clients().versions(function)).as("one version a release").isEqualTo(3);
    assertThat(namespace.kubectl("get", "events")).contains("RolledBack");
  }

  @Test
  void aWeightStepCostsExactlyOneCall() {
    firstRelease();
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    world.aws().calls().clear();
    world.passUntil("50 %", Duration.ofMinutes(8), () -> namespace.stage("weight").equals("50%"));
    world.passUntil(
        "the bake", Duration.ofMinutes(8), () -> namespace.stage("phase").equals("Baking"));
    assertThat(world.aws().calls().of("lambda"))
        .extracting(call -> call.operation())
        .as("two steps: 50 % and 100 %")
        .containsExactlyElementsOf(List.of("UpdateAlias", "UpdateAlias"));
  }

  @Test
  void aPersonEndsAPauseAbortsAndRetriesByTheStrategyAsItIsEditedMeanwhile() {
    firstRelease();
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    namespace.apply(
        Manifests.strategy()
            .replace("{setWeight: 50}, {pause: {duration: 5m}}", "{setWeight: 30}, {pause: {}}"));
    world.awaitReal(
        "a word about the edit",
        () ->
            namespace
                .rollout(".status.message")
                .endsWith("(the edited strategy applies from the next attempt)"));
    namespace.apply(Manifests.action("go-on", "Promote"));
    world.awaitReal("50 %", () -> namespace.stage("weight").equals("50%"));
    assertThat(namespace.kubectl("get", "lra", "go-on", "-o", "jsonpath={.status.phase}"))
        .isEqualTo("Applied");

    namespace.apply(Manifests.action("stop", "Abort"));
    world.awaitReal("stable", () -> world.clients().alias(function).equals("1"));
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    namespace.apply(Manifests.action("too-late", "Abort"));
    world.awaitReal(
        "the refusal",
        () ->
            namespace
                .kubectl("get", "lra", "too-late", "-o", "jsonpath={.status.phase}")
                .equals("Refused"));

    namespace.apply(Manifests.action("again", "Retry"));
    world.untilStagePhase("Paused", Duration.ofMinutes(15));
    world.pass(Duration.ofHours(1));
    world.settle();
    assertThat(namespace.stage("pause.reason")).isEqualTo("CanaryPauseStep");
    assertThat(world.clients().alias(function)).as("as edited").isEqualTo("1+2=0.3");
    namespace.apply(Manifests.action("the-rest", "Promote"));
    world.untilPromoted("1.1.0");
    assertThat(world.clients().versions(function)).as("not published again").isEqualTo(2);
  }

  @Test
  void twoStagesOneAfterTheOther() {
    world.clients().createErrorsAlarm(world.functionName("dev"));
    world.clients().createErrorsAlarm(world.functionName("prod"));
    namespace.apply(
        Manifests.stage("dev"),
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("dev", "prod"));
    world.passUntil(
        "dev promoted", Duration.ofMinutes(20), () -> namespace.stage("phase").equals("Succeeded"));
    world.untilPhase("Healthy", Duration.ofMinutes(20));
    assertThat(world.clients().alias(world.functionName("dev"))).isEqualTo("1");
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(namespace.rollout(".status.stages[0].codeSha256"))
        .as("prod runs what dev ran")
        .isEqualTo(namespace.rollout(".status.stages[1].codeSha256"));
  }
}
