package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import dev.lambdarollouts.testcluster.KubectlResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Somebody else makes and publishes the function, the operator reaches it with the access keys of a
 * Secret: on the real API server and the simulated AWS.
 */
class ShiftOnlyTest {
  private static final String FUNCTION =
      """
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaFunction
      metadata: {name: hello}
      spec: {code: {published: {}}}
      """;

  private final World world = World.start(Map.of("LAMBDA_ROLLOUTS_SECRETS_NAMESPACES", "*"));
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void publish() {
    world.pass(Duration.ofSeconds(20));
    world.clients().publish(function);
  }

  private void somebodyPublishesTwiceAndMakesTheAlias() {
    world.clients().createFunction(function, "export const handler = async () => 1;");
    publish();
    world.clients().createAlias(function, "live", "1");
    world.clients().updateCode(function, "export const handler = async () => 2;");
    publish();
  }

  private void keysOf(String account) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: aws-prod}
        stringData: {aws_access_key_id: "%s", aws_secret_access_key: p0ison-p0ison}
        """
            .formatted(account));
  }

  @Test
  void anAliasOfSomebodysMovesInStepsWithRotatedKeysAndNothingElseIsChanged() {
    somebodyPublishesTwiceAndMakesTheAlias();
    world.clients().createErrorsAlarm(function);
    KubectlResult refused =
        namespace.tryApply(FUNCTION.replace("spec: {", "spec: {runtime: nodejs22.x, "));
    assertThat(refused.stderr()).contains("code.published configures nothing: remove runtime");
    world.aws().calls().clear();
    keysOf(World.ACCOUNT);
    namespace.apply(
        FUNCTION,
        Manifests.stage("prod")
            .replace("spec: {", "spec: {credentials: {secretRef: {name: aws-prod}}, "),
        Manifests.strategy(),
        Manifests.rollout("prod"));
    world.passUntil(
        "10 %", Duration.ofMinutes(40), () -> world.clients().alias(function).equals("1+2=0.1"));
    keysOf("999988887777");
    world.passUntil(
        "the wrong account told",
        Duration.ofMinutes(40),
        () -> namespace.rollout(".status.message").contains("999988887777"));
    keysOf(World.ACCOUNT);
    world.passUntil(
        "50 %", Duration.ofMinutes(40), () -> world.clients().alias(function).equals("1+2=0.5"));
    world.clients().setAlarm(function, StateValue.ALARM);
    world.passUntil(
        "the way back", Duration.ofMinutes(40), () -> world.clients().alias(function).equals("1"));
    assertThat(
            world
                .aws()
                .calls()
                .matching(call -> call.service().equals("lambda") && call.attempt().mutates())
                .stream()
                .map(Call::operation))
        .containsOnly("TagResource", "UpdateAlias");
    assertThat(namespace.kubectl("get", "lro,lst,lfn,events", "-o", "yaml"))
        .doesNotContain("p0ison");
  }
}
