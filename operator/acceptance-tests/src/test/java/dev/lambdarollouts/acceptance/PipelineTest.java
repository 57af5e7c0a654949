package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A release walks from dev through sit in another account and region to prod; there it waits for
 * its soak, its window and two people. One is aborted and tried again, and the one before it is
 * brought back.
 */
class PipelineTest {
  private static final String SIT_ACCOUNT = "444455556666";
  private static final Instant OPENS = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant CLOSES = Instant.parse("2026-01-01T18:00:00Z");
  private static final int PROD = 2;

  private static final String STAGES =
      """
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: hello}
      spec:
        functionRef: {name: hello}
        stages:
        - {stageRef: {name: dev}, strategy: {allAtOnce: {}}}
        - {stageRef: {name: sit}, strategy: {allAtOnce: {}}}
        - {stageRef: {name: prod}, strategyRef: {name: careful-canary}, requiredSoakTime: 5m}
      """;

  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aReleaseWalksFromDevToProdAsATeamWantsItTo() {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("dev"),
        Manifests.stage("sit")
            .replace("us-east-1", "eu-west-1")
            .replace(
                "accountId: \"111122223333\"",
                "accountId: \""
                    + SIT_ACCOUNT
                    + "\", credentials: {assumeRole: {roleArn: \"arn:aws:iam::"
                    + SIT_ACCOUNT
                    + ":role/deployer\"}}"),
        prod("Hold"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        STAGES);

    untilInProd("1.0.0", "PreTraffic");
    world.passUntil("a word about the window", Duration.ofMinutes(20), () -> says("window"));
    assertThat(stage(1, "phase")).isEqualTo("Succeeded");
    assertThat(world.aws().calls().of("lambda"))
        .filteredOn(call -> call.attempt().account().equals(SIT_ACCOUNT))
        .as("sit is in another account and region")
        .isNotEmpty()
        .allMatch(call -> call.attempt().region().equals("eu-west-1"));
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Paused");
    assertThat(world.clients().alias(function)).as("no traffic before the window").isEmpty();
    untilWindow(false, OPENS);
    world.pass(Duration.between(world.time().instant(), OPENS));
    untilInProd("1.0.0", "AwaitingApproval");
    untilWindow(true, CLOSES);
    twoApprove("first");
    untilInProd("1.0.0", "Succeeded");

    namespace.apply(Manifests.function("1.1.0"));
    untilInProd("1.1.0", "AwaitingApproval");
    twoApprove("second");
    world.passUntil("10 %", Duration.ofMinutes(5), () -> stage(PROD, "weight").equals("10%"));
    answer("stop", "carol", "Abort", "stage: prod, ");
    untilInProd("1.1.0", "RolledBack");
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(answer("again", "carol", "Retry", "stage: prod, ")).isEqualTo("Applied");
    untilInProd("1.1.0", "AwaitingApproval");
    // The pause after 10 % ends when the window is closed.
    world.pass(Duration.between(world.time().instant(), CLOSES.minusSeconds(270)));
    world.passOnePoll();
    twoApprove("third");
    world.passOnePoll();
    world.awaitReal("10 %", () -> stage(PROD, "weight").equals("10%"));
    theWindowClosesInMidCanary();
    namespace.apply(prod("Finish"));
    untilInProd("1.1.0", "Succeeded");
    assertThat(world.clients().alias(function)).isEqualTo("2");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Healthy");

    world.aws().calls().clear();
    assertThat(answer("back", "alice", "RollBack", "stage: prod, toVersion: \"1\", "))
        .isEqualTo("Applied");
    untilInProd("1.1.0", "RolledBack");
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(world.aws().calls().matching(call -> call.attempt().mutates()))
        .extracting(Call::operation)
        .as("back with one call")
        .containsExactly("UpdateAlias");
    assertThat(stage(PROD, "stableVersion")).isEqualTo("1");
    assertThat(stage(PROD, "history[0].outcome")).isEqualTo("FastRolledBack");
    assertThat(stage(PROD, "history[0].by")).isEqualTo("alice");
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Degraded");
    assertThat(answer("twice", "alice", "RollBack", "stage: prod, ")).isEqualTo("Refused");
  }

  private static String prod(String onWindowClose) {
    return Manifests.stage("prod")
        .replace(
            "alias: live",
            "alias: live, approval: {minApprovals: 2, timeout: 24h}, onWindowClose: "
                + onWindowClose
                + ", promotionWindows: [{name: office, kind: Allow, schedule: \"0 12 * * *\","
                + " duration: 6h, timeZone: UTC}]");
  }

  private void theWindowClosesInMidCanary() {
    world.passUntil(
        "a word about the window",
        Duration.ofMinutes(10),
        () -> says("10% on version 2 (1.1.0), holds: the window is closed"));
    untilWindow(false, OPENS.plus(Duration.ofDays(1)));
    assertThat(world.clients().alias(function)).as("a step is due").isEqualTo("1+2=0.1");
  }

  private void untilWindow(boolean open, Instant nextChange) {
    world.awaitReal(
        "window open: " + open,
        () ->
            namespace
                .kubectl("get", "lst", "prod", "-o", "jsonpath={.status.window}")
                .equals("{\"nextChange\":\"" + nextChange + "\",\"open\":" + open + "}"));
  }

  private void untilInProd(String release, String phase) {
    world.passUntil(
        release + " " + phase + " in prod",
        Duration.ofMinutes(40),
        () -> stage(PROD, "releaseName").equals(release) && stage(PROD, "phase").equals(phase));
  }

  /** One person twice is one person. */
  private void twoApprove(String when) {
    String release = "stage: prod, release: " + stage(PROD, "desiredRelease") + ", ";
    assertThat(answer(when + "-alice", "alice", "Approve", release)).isEqualTo("Applied");
    assertThat(answer(when + "-alice-too", "alice", "Approve", release)).isEqualTo("Refused");
    assertThat(stage(PROD, "phase")).isEqualTo("AwaitingApproval");
    assertThat(answer(when + "-bob", "bob", "Approve", release)).isEqualTo("Applied");
  }

  private String answer(String name, String who, String verb, String more) {
    namespace.apply(
        Manifests.action(name, verb)
            .replace("alice@example.com", who)
            .replace("rolloutRef", more + "rolloutRef"));
    world.awaitReal(
        "an answer to " + name, () -> !namespace.action(name, ".status.phase").isEmpty());
    return namespace.action(name, ".status.phase");
  }

  private boolean says(String word) {
    return namespace.rollout(".status.message").contains(word);
  }

  private String stage(int index, String field) {
    return namespace.rollout(".status.stages[" + index + "]." + field);
  }
}
