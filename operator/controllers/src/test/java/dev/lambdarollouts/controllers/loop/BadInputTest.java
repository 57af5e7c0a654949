package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BadInputTest {
  private static final ObjectKey HELLO = new ObjectKey("shop", "hello");

  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  private void untilTenPercent() {
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  private void alarm() {
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(5));
  }

  private String reason(String type) {
    return world.status().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .map(condition -> condition.status() + " " + condition.reason())
        .findFirst()
        .orElse("");
  }

  @Test
  void aSpecThatIsWrongInMidCourseHoldsAndTheAlarmStillRollsBack() {
    untilTenPercent();
    world
        .cluster()
        .apply(Manifests.stage("prod", "provisionedConcurrency: 5\nreservedConcurrency: 4"));
    world.advance(Duration.ofMinutes(10));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(reason("Stalled")).isEqualTo("True InvalidSpec");
    assertThat(world.status().message())
        .isEqualTo(
            "prod: LambdaStage prod: spec.provisionedConcurrency: found 5, more than"
                + " reservedConcurrency (4), which AWS refuses: lower it, or raise or remove"
                + " reservedConcurrency");

    alarm();

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void mendedItGoesOn() {
    untilTenPercent();
    world.cluster().apply(Manifests.stage("prod", "provisionedConcurrency: 5"));
    world.advance(Duration.ofMinutes(10));

    world.cluster().apply(Manifests.stage("prod"));
    world.advance(Duration.ofMinutes(30));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("2");
  }

  @Test
  void aRolloutWhoseSpecCannotBeReadStillRollsBack() {
    untilTenPercent();
    world.cluster().apply(Manifests.rollout("hello", "paused: maybe", List.of("prod")));
    world.advance(Duration.ofMinutes(10));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(reason("Stalled")).isEqualTo("True InvalidSpec");

    alarm();

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void stagesOfASpecThatCannotBeReadAreNotTakenOffTheList() {
    untilTenPercent();

    world
        .cluster()
        .apply(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: LambdaRollout
            metadata: {name: hello, namespace: shop, annotations: {}}
            spec: {functionRef: {name: hello}, stages: nonsense}
            """);
    world.advance(Duration.ofMinutes(10));

    assertThat(world.stage("prod").weight()).isEqualTo("10%");
    assertThat(reason("Stalled")).isEqualTo("True InvalidSpec");
    alarm();
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aFunctionThatIsGoneHoldsAndTheAlarmStillRollsBackAlsoAfterARestart() {
    untilTenPercent();
    world.cluster().delete(LambdaFunction.class, "shop", "hello");
    world.cluster().delete(LambdaStage.class, "shop", "prod");
    world.restart();
    world.advance(Duration.ofMinutes(10));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");

    alarm();

    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
  }

  @Test
  void aStatusFromANewerOperatorHoldsIsToldAndIsKept() {
    untilTenPercent();
    ObjectNode tree = CrdJson.MAPPER.valueToTree(world.status());
    ((ObjectNode) tree.path("stages").get(0)).put("phase", "Levitating");
    world
        .cluster()
        .overwriteStatus(
            HELLO, new Parsed.Invalid<>(tree, "status.stages[0].phase", "is not known"));

    world.restart();
    world.advance(Duration.ofMinutes(30));

    LambdaRollout stored =
        Objects.requireNonNull(world.cluster().stored(LambdaRollout.class, HELLO));
    assertThat(stored.status().orElseThrow()).isInstanceOf(Parsed.Invalid.class);
    ObjectNode now =
        (ObjectNode) ((Parsed.Invalid<LambdaRolloutStatus>) stored.status().orElseThrow()).raw();
    assertThat(now.path("stages").get(0)).isEqualTo(tree.path("stages").get(0));
    assertThat(now.path("phase").textValue()).isEqualTo("Degraded");
    assertThat(now.path("message").textValue())
        .startsWith("prod: status.stages[prod].phase")
        .endsWith("nothing is done here");
    assertThat(world.aws().aliases().moves()).hasSize(2);
    world.cluster().forgetWrites();
    world.resync();
    assertThat(world.cluster().writes()).isEmpty();
  }

  @Test
  void credentialsOfAnotherAccountTouchNothing() {
    untilTenPercent();
    world.restart();
    world.aws().credentialsOf("999988887777");
    world.aws().forgetCalls();

    world.restart();
    world.advance(Duration.ofMinutes(10));

    assertThat(world.aws().callsOfRollouts()).isEmpty();
    assertThat(reason("Stalled")).isEqualTo("True InvalidSpec");
    assertThat(world.status().message()).contains("999988887777").contains("spec.accountId");
  }

  @Test
  void aStageThatMovedElsewhereIsRefused() {
    world.cluster().delete(LambdaStage.class, "shop", "prod");
    world.cluster().apply(Manifests.stage("prod").replace("alias: live", "alias: other"));
    world.settle();

    assertThat(world.status().message())
        .contains("function:hello-prod:other now, and this rollout is at")
        .contains("take it off spec.stages");
    assertThat(world.aws().callsOfRollouts()).isEmpty();
  }
}
