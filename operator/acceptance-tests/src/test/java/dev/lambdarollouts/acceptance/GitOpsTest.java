package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.acceptance.argocd.ArgoCd;
import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.testcluster.KubectlResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a GitOps controller sees and sends: its waves, its diffs and its self-heal. */
class GitOpsTest {
  private static final Path EXAMPLE = ArgoCd.FOLDER.resolve("example");
  private static final String[] SERVER_SIDE = {
    "--server-side", "--force-conflicts", "--field-manager=argocd-controller"
  };

  private final World world = World.start(Map.of("LAMBDA_ROLLOUTS_DRIFT_CHECK_INTERVAL", "24h"));
  private final StoryNamespace namespace = world.namespace();
  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void theAppOfAppsGoesThroughItsWavesAndTheRolloutThroughItsStages() throws IOException {
    List<String> waves = waves();
    assertThat(waves).last().as("a rollout is waited for by nothing").isEqualTo("rollouts");
    for (String wave : waves.subList(0, waves.size() - 1)) {
      apply(EXAMPLE.resolve(wave), SERVER_SIDE);
      world.awaitReal(wave + " Healthy", () -> healths().allMatch("Healthy"::equals));
    }
    apply(EXAMPLE.resolve("rollouts"), SERVER_SIDE);
    world.passUntil("dev", Duration.ofMinutes(20), () -> phase(0).equals("Succeeded"));
    world.pass(Duration.ofMinutes(10));
    world.passUntil("sit", Duration.ofMinutes(20), () -> phase(1).equals("Succeeded"));
    world.pass(Duration.ofHours(1));
    world.untilPhase("Paused", Duration.ofMinutes(20));
    assertThat(phase(2)).isEqualTo("AwaitingApproval");
    assertThat(healths()).contains("Suspended");
    approve("alice");
    approve("bob");
    world.untilPhase("Healthy", Duration.ofHours(1));
    assertThat(healths()).containsOnly("Healthy");
    assertThat(Stream.of(0, 1, 2).map(this::phase)).containsOnly("Succeeded");
    assertNothingDiffers(EXAMPLE);

    assertThat(world.argoCd().seen().stream().map(one -> ArgoCd.health(one).status()).distinct())
        .containsExactly("Progressing", "Suspended", "Healthy");
    assertThat(world.argoCd().seen())
        .flatExtracting(one -> one.at("/status/stages").findValuesAsText("phase"))
        .contains("Pending", "Deploying", "Baking", "Succeeded");
  }

  private String phase(int stage) {
    return namespace.rollout(".status.stages[" + stage + "].phase");
  }

  private void approve(String who) {
    namespace.apply(
        Manifests.action(who, "Approve")
            .replace("alice@example.com", who)
            .replace(
                "rolloutRef",
                "stage: prod, release: "
                    + namespace.rollout(".status.stages[2].desiredRelease")
                    + ", rolloutRef"));
  }

  @Test
  void selfHealInMidRolloutChangesNothing() throws IOException {
    Path git = Files.createTempDirectory("git");
    Path rollout = Files.writeString(git.resolve("rollout.yaml"), Manifests.rollout("prod"));
    Files.writeString(git.resolve("stage.yaml"), Manifests.stage("prod"));
    Files.writeString(git.resolve("strategy.yaml"), Manifests.strategy());
    Path function = Files.writeString(git.resolve("f.yaml"), Manifests.function("1.0.0"));
    world.clients().createErrorsAlarm(world.functionName("prod"));
    apply(git, SERVER_SIDE);
    world.untilPromoted("1.0.0");
    Files.writeString(function, Manifests.function("1.1.0"));
    apply(git, SERVER_SIDE);
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    world.settle();
    JsonNode before = rollout();
    world.aws().calls().clear();

    assertNothingDiffers(git);
    apply(git, SERVER_SIDE);
    apply(git, SERVER_SIDE);
    apply(git, "--server-side", "--force-conflicts", "--field-manager=flux");
    apply(git);
    apply(git);
    world.settle();
    assertThat(rollout().path("status")).isEqualTo(before.path("status"));
    assertThat(rollout().at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));
    assertThat(rollout().at("/metadata/finalizers")).isEqualTo(before.at("/metadata/finalizers"));
    assertThat(world.aws().calls().all()).isEmpty();

    // By hand, and healed: two generations more, the same spec.
    namespace.kubectl(
        "patch",
        "lro",
        "hello",
        "--type=json",
        "-p",
        "[{\"op\":\"add\",\"path\":\"/spec/stages/0/requiredSoakTime\",\"value\":\"3h\"}]");
    apply(rollout, SERVER_SIDE);
    world.awaitReal(
        "the healed one seen",
        () ->
            namespace
                .rollout(".status.observedGeneration")
                .equals(namespace.rollout(".metadata.generation")));
    world.settle();
    assertThat(rollout().at("/metadata/generation").asInt())
        .isEqualTo(before.at("/metadata/generation").asInt() + 2);
    assertThat(withoutTimesOfLooking(rollout().path("status")))
        .isEqualTo(withoutTimesOfLooking(before.path("status")));
    assertThat(world.aws().calls().matching(call -> call.attempt().mutates())).isEmpty();
  }

  /** As `kubectl diff` finds it, with what the server would make of it, both ways. */
  private void assertNothingDiffers(Path manifests) {
    for (Path folder : folders(manifests)) {
      KubectlResult serverSide = kubectl("diff", folder, SERVER_SIDE);
      assertThat(serverSide.exitCode()).as("%s", serverSide).isZero();
      KubectlResult clientSide = kubectl("diff", folder);
      assertThat(clientSide.exitCode()).as("%s", clientSide).isZero();
    }
  }

  private static List<Path> folders(Path manifests) {
    return manifests.equals(EXAMPLE)
        ? Stream.of("stages", "functions", "rollouts").map(EXAMPLE::resolve).toList()
        : List.of(manifests);
  }

  private void apply(Path manifests, String... options) {
    kubectl("apply", manifests, options).stdoutOrThrow();
  }

  private KubectlResult kubectl(String verb, Path manifests, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of(verb, "-n", namespace.name(), "-f", manifests.toString()));
    arguments.addAll(List.of(options));
    return world.kubernetes().kubectl(arguments.toArray(String[]::new));
  }

  /** Folders of the example in the order of their Applications' waves. */
  private static List<String> waves() throws IOException {
    try (Stream<Path> apps = Files.list(EXAMPLE.resolve("apps"))) {
      return apps.map(file -> ArgoCd.yaml(ArgoCd.text(ArgoCd.FOLDER.relativize(file).toString())))
          .sorted(Comparator.comparingInt(GitOpsTest::wave))
          .map(app -> app.at("/spec/source/path").asText())
          .toList();
    }
  }

  private static int wave(JsonNode application) {
    return application
        .path("metadata")
        .path("annotations")
        .path("argocd.argoproj.io/sync-wave")
        .asInt(-1);
  }

  private Stream<String> healths() throws IOException {
    return json.readTree(namespace.kubectl("get", "lambda-rollouts", "-o", "json"))
        .path("items")
        .valueStream()
        .map(one -> ArgoCd.health(one).status());
  }

  private JsonNode rollout() throws IOException {
    return json.readTree(namespace.kubectl("get", "lro", "hello", "-o", "json"));
  }

  /** Without what tells that it was looked at again. */
  private static JsonNode withoutTimesOfLooking(JsonNode status) {
    JsonNode copy = status.deepCopy();
    for (String field : List.of("observedGeneration", "lastTransitionTime")) {
      copy.findParents(field).forEach(one -> ((ObjectNode) one).remove(field));
    }
    return copy;
  }
}
