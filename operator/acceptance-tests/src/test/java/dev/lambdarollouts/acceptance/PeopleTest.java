package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People agree to a release, refuse one and hurry one, on the real API server. */
class PeopleTest {
  private final World world =
      World.start(Map.of("LAMBDA_ROLLOUTS_APPROVALS_IGNORED_USERS", "robot"));
  private final StoryNamespace shop = world.namespace();

  @AfterEach
  void end() {
    world.close();
  }

  private String word(String name, String who, String verb, String more) {
    shop.apply(
        Manifests.action(name, verb)
            .replace("alice@example.com", who)
            .replace("rolloutRef", more + "rolloutRef"));
    world.awaitReal("an answer", () -> !told(name, "phase").isEmpty());
    return told(name, "phase") + ": " + told(name, "message");
  }

  private String told(String name, String field) {
    return shop.kubectl("get", "lra", name, "-o", "jsonpath={.status." + field + "}");
  }

  private String onProd() {
    return "stage: prod, release: " + shop.stage("desiredRelease") + ", ";
  }

  @Test
  void twoPeopleApproveProdOneRejectsAndOneHurriesTheRest() {
    world.clients().createErrorsAlarm(world.functionName("prod"));
    shop.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");
    shop.apply(
        Manifests.stage("prod").replace("alias: live", "alias: live, approval: {minApprovals: 2}"),
        Manifests.function("1.1.0"));
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));

    assertThat(word("never", "bob", "Reject", onProd())).startsWith("Applied: rejected by bob");
    world.untilStagePhase("Rejected", Duration.ofMinutes(1));
    assertThat(world.clients().alias(world.functionName("prod"))).isEqualTo("1");
    assertThat(word("again", "bob", "Retry", "")).startsWith("Applied");
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));

    assertThat(word("a1", "alice", "Approve", onProd())).endsWith("alice: 1 of 2");
    assertThat(word("a2", "alice", "Approve", onProd()))
        .startsWith("Refused")
        .contains("another person");
    assertThat(word("r", "robot", "Approve", onProd()))
        .startsWith("Refused")
        .contains("approvals-ignored-users");
    assertThat(shop.rollout(".status.phase")).isEqualTo("Paused");
    assertThat(word("b", "bob", "Approve", onProd())).endsWith("bob: 2 of 2");
    world.passUntil("10 %", Duration.ofMinutes(5), () -> shop.stage("weight").equals("10%"));

    assertThat(word("hurry", "carol", "PromoteFully", "")).startsWith("Applied");
    world.untilStagePhase("Succeeded", Duration.ofMinutes(20));
    assertThat(shop.stage("history[0].outcome")).isEqualTo("FastPromoted");
    assertThat(shop.stage("history[0].by")).isEqualTo("carol");
    assertThat(shop.stage("history[0].cause")).contains("approved by alice", "approved by bob");
    assertThat(shop.stage("history[1].outcome")).isEqualTo("Rejected");
  }
}
