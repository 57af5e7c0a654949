package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access keys of a stage are not for functions, by what the operator's caches know of stages. */
class WithheldSecretTest {
  private final World world = World.start(Map.of("LAMBDA_ROLLOUTS_SECRETS_NAMESPACES", "*"));
  private final StoryNamespace namespace = world.namespace();

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aFunctionOfDevDoesNotGetTheKeysOfProd() {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: aws-prod}
        stringData: {aws_access_key_id: "111122223333", aws_secret_access_key: p0ison-p0ison}
        """,
        Manifests.stage("prod")
            .replace("spec: {", "spec: {credentials: {secretRef: {name: aws-prod}}, "),
        Manifests.stage("dev"),
        Manifests.function("1")
            .replace("handler:", "environmentFrom: [{secretRef: {name: aws-prod}}]\n  handler:"),
        Manifests.strategy(),
        Manifests.rollout("dev"));

    world.passUntil(
        "the refusal told",
        Duration.ofMinutes(1),
        () ->
            namespace
                .rollout(".status.message")
                .equals(
                    "dev: LambdaFunction hello: spec.environmentFrom[0]: Secret aws-prod holds the"
                        + " AWS access keys of LambdaStage prod, which no function may read: name"
                        + " another Secret"));
    assertThat(world.aws().calls().matching(call -> call.attempt().mutates())).isEmpty();
    assertThat(namespace.kubectl("get", "lro,lst,lfn,events", "-o", "yaml"))
        .doesNotContain("p0ison");
  }
}
