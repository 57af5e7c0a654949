package dev.lambdarollouts.acceptance.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.testcluster.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The acceptance story once more, with nothing but what the chart gives. */
@Isolated("reads the log of the whole JVM")
class ChartStoryTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir Path folder;

  @Test
  void theStoryGoesThroughWithExactlyTheChartsRightsAndConfiguration() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try (World world = World.withoutOperator()) {
      install(world);
      story(world, world.functionName("prod"));
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.toLowerCase(Locale.ROOT).contains("forbidden"));
  }

  private void install(World world) throws IOException {
    StoryNamespace namespace = world.namespace();
    List<JsonNode> rendered = Chart.rendered("watchNamespaces: [" + namespace.name() + "]\n");
    Kubectl admin = world.kubernetes().kubectlWith(world.kubernetes().kubeconfig());
    admin
        .runWithInput(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: ops}\n", "apply", "-f", "-")
        .stdoutOrThrow();
    String rights =
        Chart.ofKind(rendered, "ServiceAccount", "Role", "RoleBinding")
            .map(Chart::yaml)
            .collect(Collectors.joining("\n---\n"));
    admin.runWithInput(rights, "apply", "-f", "-").stdoutOrThrow();
    world.awaitReal(
        "the rights",
        () ->
            world
                .kubernetes()
                .kubectl(
                    "auth",
                    "can-i",
                    "list",
                    "lambdarollouts",
                    "-n",
                    namespace.name(),
                    "--as=system:serviceaccount:ops:lr-lambda-rollouts")
                .succeeded());
    Path configuration =
        Files.writeString(
            folder.resolve("configuration.yaml"),
            Chart.only(rendered, "ConfigMap").path("data").path("configuration.yaml").asText());
    world.startOperator(
        world.kubernetes().kubeconfigForServiceAccount("ops", "lr-lambda-rollouts"),
        Map.of(
            "LAMBDA_ROLLOUTS_CONFIG", configuration.toString(), "LAMBDA_ROLLOUTS_HTTP_PORT", "0"));
    world.awaitReal("a leader", () -> world.operator().leaderSince() != null);
  }

  private static void story(World world, String function) {
    StoryNamespace namespace = world.namespace();
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
    namespace.apply(Manifests.action("go-on", "Promote"));
    world.awaitReal("50 %", () -> namespace.stage("weight").equals("50%"));
    world.clients().setAlarm(function, StateValue.ALARM);
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    assertThat(world.clients().alias(function)).isEqualTo("1");
    world.awaitReal("the Event", () -> namespace.kubectl("get", "events").contains("RolledBack"));
    assertThat(namespace.kubectl("get", "lra", "go-on", "-o", "jsonpath={.status.phase}"))
        .isEqualTo("Applied");
    namespace.kubectl(
        "delete", "lro/hello", "lfn/hello", "lst/prod", "lrs/careful-canary", "--wait=false");
    world.passUntil(
        "the rollout gone",
        Duration.ofMinutes(5),
        () -> namespace.kubectl("get", "lro", "-o", "name").isEmpty());
    // What it named looks again after a second of real time.
    world.awaitReal(
        "all gone",
        () ->
            namespace
                .kubectl("get", "lambda-rollouts", "-o", "name")
                .lines()
                .allMatch(line -> line.contains("rolloutaction")));
  }
}
