package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the cluster knew is lost, and nothing is left but the manifests, the identity Secret and
 * AWS: as docs/operating.md, Rebuild, says it.
 */
class RebuildTest {
  private static final int DEV = 0;
  private static final int PROD = 1;

  private static final String[] OURS = {
    "lro/hello", "lfn/hello", "lst/dev", "lst/prod", "lrs/careful-canary", "lra/too-early"
  };

  private static final String STAGES =
      """
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: hello}
      spec:
        functionRef: {name: hello}
        stages:
        - {stageRef: {name: dev}, strategy: {allAtOnce: {}}}
        - {stageRef: {name: prod}, strategyRef: {name: careful-canary}, requiredSoakTime: 2m}
      """;

  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @TempDir Path backup;

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void invariant5WithEveryStatusAndThenTheWholeClusterLostACanaryStaysWhereItIsAndGoesOn()
      throws IOException {
    world.clients().createErrorsAlarm(function);
    applyManifests("1.0.0");
    untilProdStandsOn("1");
    applyManifests("1.1.0");
    world.passUntil("10 %", Duration.ofMinutes(20), () -> stage(PROD, "weight").equals("10%"));
    namespace.apply(Manifests.action("too-early", "Retry"));
    world.awaitReal("an answer", () -> !namespace.action("too-early", ".status.phase").isEmpty());
    String release = stage(PROD, "release");
    String uid = namespace.rollout(".metadata.uid");
    // All but a minute of the pause.
    world.pass(Duration.ofMinutes(4));
    world.settle();

    world.stopOperator();
    world.aws().calls().clear();
    loseEveryStatus();
    world.startOperator();
    findsItsPlaceAndWaitsAnew(release);

    world.stopOperator();
    loseTheCluster();
    world.startOperator();
    findsItsPlaceAndWaitsAnew(release);
    assertThat(namespace.rollout(".metadata.uid")).as("it is another object").isNotEqualTo(uid);

    untilProdStandsOn("2");
    assertThat(world.clients().alias(function)).isEqualTo("2");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Healthy");
    assertThat(changes()).as("50 %, 100 %, the mark").containsOnly("UpdateAlias").hasSize(3);
    assertThat(world.clients().versions(world.functionName("dev"))).isEqualTo(2);
  }

  private void applyManifests(String release) {
    namespace.apply(
        Manifests.stage("dev"),
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function(release),
        STAGES);
  }

  private void loseEveryStatus() {
    forAllOfOurs("patch", "--subresource=status", "--type=merge", "-p", "{\"status\":null}");
    assertThat(namespace.rollout(".status")).isEmpty();
  }

  private void loseTheCluster() throws IOException {
    Path identity = backup.resolve("identity.yaml");
    Files.writeString(
        identity, namespace.kubectl("get", "secret", "lambda-rollouts-identity", "-o", "yaml"));
    forAllOfOurs("patch", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    namespace.kubectl("delete", "lambda-rollouts,secrets,configmaps,events", "--all");
    assertThat(namespace.kubectl("get", "lambda-rollouts,secrets,configmaps", "-o", "name"))
        .isEmpty();

    namespace.kubectl("apply", "-f", identity.toString());
    applyManifests("1.1.0");
  }

  private void forAllOfOurs(String verb, String... options) {
    String[] arguments = new String[1 + OURS.length + options.length];
    arguments[0] = verb;
    System.arraycopy(OURS, 0, arguments, 1, OURS.length);
    System.arraycopy(options, 0, arguments, 1 + OURS.length, options.length);
    namespace.kubectl(arguments);
  }

  private void findsItsPlaceAndWaitsAnew(String release) {
    Instant restart = world.time().instant();
    world.passUntil(
        "its place",
        Duration.ofMinutes(2),
        () -> stage(PROD, "weight").equals("10%") && stage(DEV, "phase").equals("Succeeded"));
    assertThat(stage(PROD, "release")).as("by the same key").isEqualTo(release);
    assertThat(stage(PROD, "releaseName")).isEqualTo("1.1.0");
    while (world.time().instant().isBefore(restart.plus(Duration.ofMinutes(4)))) {
      world.pass(Duration.ofSeconds(20));
      world.settle();
    }
    assertThat(world.clients().alias(function)).isEqualTo("1+2=0.1");
    assertThat(stage(PROD, "phase")).isEqualTo("Shifting");
    assertThat(stage(PROD, "stableVersion")).isEqualTo("1");
    assertThat(changes()).as("nothing is needed").isEmpty();
  }

  private List<String> changes() {
    return world.aws().calls().matching(call -> call.attempt().mutates()).stream()
        .map(Call::operation)
        .toList();
  }

  private void untilProdStandsOn(String version) {
    world.passUntil(
        version + " promoted in prod",
        Duration.ofMinutes(40),
        () ->
            stage(PROD, "stableVersion").equals(version)
                && stage(PROD, "phase").equals("Succeeded"));
  }

  private String stage(int index, String field) {
    return namespace.rollout(".status.stages[" + index + "]." + field);
  }
}
