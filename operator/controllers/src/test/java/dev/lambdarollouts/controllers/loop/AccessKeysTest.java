package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code credentials.secretRef}: a stage reached with the access keys of a Secret. */
class AccessKeysTest {
  private static final AccessKeySecret SECRET = new AccessKeySecret("shop", "aws-prod");

  private final ModelWorld world = new ModelWorld();

  private static Map<String, String> keys(String secret) {
    return Map.of("aws_access_key_id", "AKIA1", "aws_secret_access_key", secret);
  }

  private void midCanary() {
    world.cluster().secret("aws-prod", keys("p0ison-1"));
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod", "credentials: {secretRef: {name: aws-prod}}"));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.cluster().apply(Manifests.canary());
    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(20));
    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").weight()).isEqualTo("10%");
  }

  @Test
  void aRotatedSecretIsKnownAtOnceAndADeletedOneHoldsAndStillRollsBack() {
    midCanary();
    world.cluster().secret("aws-prod", keys("p0ison-2"));
    world.settle();
    assertThat(world.aws().keys(SECRET)).isEqualTo(new AccessKeys("AKIA1", "p0ison-2", null));
    world.cluster().secret("aws-prod", null);
    world.advance(Duration.ofMinutes(30));
    assertThat(world.aws().keys(SECRET)).isEqualTo(new AccessKeys("AKIA1", "p0ison-2", null));
    assertThat(world.status().message()).contains("Secret aws-prod does not exist");
    assertThat(world.stage("prod").weight()).as("no step without it").isEqualTo("10%");
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofMinutes(1));
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.ROLLED_BACK);
    assertThat(world.status() + " " + world.cluster().notices()).doesNotContain("p0ison");
  }

  @Test
  void aFunctionCannotCopyTheKeysOfAnotherStageOfItsNamespace() {
    world.cluster().secret("aws-prod", Map.of("one", "p0ison-1"));
    world.cluster().apply(Manifests.stage("prod", "credentials: {secretRef: {name: aws-prod}}"));
    world.cluster().apply(Manifests.stage("dev"));
    world.cluster().apply(Manifests.canary());
    world.cluster().apply(Manifests.rollout("dev"));
    world
        .cluster()
        .apply(
            Manifests.functionWith(
                "hello-1.zip", "environmentFrom: [{secretRef: {name: aws-prod}}]"));
    world.advance(Duration.ofMinutes(20));

    assertThat(world.status().message())
        .isEqualTo(
            "dev: LambdaFunction hello: spec.environmentFrom[0]: Secret aws-prod holds the AWS"
                + " access keys of LambdaStage prod, which no function may read: name another"
                + " Secret");
    assertThat(world.aws().callsOfRollouts()).containsOnly("GetAlias");
    assertThat(world.status() + " " + world.cluster().notices()).doesNotContain("p0ison");
  }

  @Test
  void aSecretThatTurnsUnusableIsNotLearntAndSaysWhy() {
    midCanary();
    world.cluster().secret("aws-prod", keys("p0ison 3"));
    world.settle();
    assertThat(world.aws().keys(SECRET)).isEqualTo(new AccessKeys("AKIA1", "p0ison-1", null));
    assertThat(world.status().message())
        .contains("key aws_secret_access_key: holds a blank")
        .doesNotContain("p0ison");
  }
}
