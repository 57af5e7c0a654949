package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * People agree to a release, refuse one and hurry one, and take their time, on the real API server;
 * with kubectl, and as Argo CD's server for who clicks there.
 */
class PeopleTest {
  private static final String ARGO_CD = "system:serviceaccount:argocd:argocd-server";

  private final World world =
      World.start(Map.of("LAMBDA_ROLLOUTS_APPROVALS_IGNORED_USERS", "robot"));
  private final StoryNamespace shop = world.namespace();
  private final String function = world.functionName("prod");

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
    return shop.action(name, ".status." + field);
  }

  private String onProd() {
    return "stage: prod, release: " + shop.stage("desiredRelease") + ", ";
  }

  /** By the button of Argo CD that asks for it. */
  private String click(String button) {
    String name = world.argoCd().click(button);
    world.awaitReal("an answer to " + button, () -> !told(name, "phase").isEmpty());
    return told(name, "phase") + ": " + told(name, "message");
  }

  @Test
  void peopleApproveRejectAndHurryAndArgoCdsButtonsDoTheSame() {
    world.clients().createErrorsAlarm(function);
    shop.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0"),
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");

    nobodyApprovesInTimeAndThenOneRejects();
    twoApproveAndOneHurriesTheRest();
    everyButtonOfArgoCdIsApplied();

    world.pass(Duration.ofDays(7));
    // The refused ones count from when they were made, by the API server's clock.
    world.passUntil(
        "what was applied is gone",
        Duration.ofHours(2),
        () ->
            !shop.kubectl("get", "lra", "-o", "jsonpath={.items[*].status.phase}")
                .contains("Applied"));
    assertThat(shop.stage("history[0].by")).as("what they did stays").isEqualTo(ARGO_CD);
  }

  private void nobodyApprovesInTimeAndThenOneRejects() {
    shop.apply(
        Manifests.stage("prod")
            .replace("alias: live", "alias: live, approval: {minApprovals: 2, timeout: 1h}"),
        Manifests.function("1.1.0"));
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));
    assertThat(word("by-a-robot", "robot", "Approve", onProd()))
        .startsWith("Refused")
        .contains("lambda-rollouts.approvals-ignored-users");
    world.pass(Duration.ofHours(1));
    world.untilStagePhase("Rejected", Duration.ofMinutes(1));
    assertThat(shop.stage("rejectedReleases[0].cause.type")).isEqualTo("ApprovalTimeout");
    assertThat(shop.stage("history[0].cause")).contains("0 of 2 people approved until");
    assertThat(word("once-more", "bob", "Retry", "")).startsWith("Applied");
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));

    assertThat(word("never", "bob", "Reject", onProd())).startsWith("Applied: rejected by bob");
    world.untilStagePhase("Rejected", Duration.ofMinutes(1));
    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(word("again", "bob", "Retry", "")).startsWith("Applied");
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));
  }

  private void twoApproveAndOneHurriesTheRest() {
    assertThat(word("a1", "alice", "Approve", onProd())).endsWith("alice: 1 of 2");
    assertThat(word("a2", "alice", "Approve", onProd()))
        .startsWith("Refused")
        .contains("another person");
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

  private void everyButtonOfArgoCdIsApplied() {
    shop.apply(Manifests.function("1.2.0"));
    approvedByArgoCdAnd("dave");

    assertThat(click("pause")).startsWith("Applied");
    assertThat(shop.stage("pause.reason")).isEqualTo("ActionPause");
    world.pass(Duration.ofMinutes(6));
    world.settle();
    assertThat(world.clients().alias(function))
        .as("though the step's pause is over")
        .isEqualTo("2+3=0.1");
    assertThat(click("resume")).startsWith("Applied");
    world.passUntil("50 %", Duration.ofMinutes(2), () -> shop.stage("weight").equals("50%"));
    assertThat(click("promote")).startsWith("Applied");
    world.awaitReal("100 %", () -> shop.stage("phase").equals("Baking"));
    assertThat(world.clients().alias(function)).isEqualTo("3");
    assertThat(click("abort")).startsWith("Applied");
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    assertThat(world.clients().alias(function)).isEqualTo("2");

    assertThat(click("retry")).startsWith("Applied");
    approvedByArgoCdAnd("erin");
    assertThat(click("promote-fully")).startsWith("Applied");
    world.untilStagePhase("Succeeded", Duration.ofMinutes(20));
    assertThat(world.clients().alias(function)).isEqualTo("3");
    assertThat(click("roll-back")).startsWith("Applied");
    world.untilStagePhase("RolledBack", Duration.ofMinutes(1));
    assertThat(world.clients().alias(function)).isEqualTo("2");

    assertThat(world.argoCd().lit())
        .contains(
            "AwaitingApproval approve",
            "AwaitingApproval reject",
            "Shifting pause",
            "Paused resume",
            "Shifting promote",
            "Shifting promote-fully",
            "Baking abort",
            "Rejected retry",
            "RolledBack retry",
            "Succeeded roll-back");
  }

  /** Argo CD's server is one person, whoever clicks there. */
  private void approvedByArgoCdAnd(String who) {
    world.untilStagePhase("AwaitingApproval", Duration.ofMinutes(5));
    assertThat(click("approve")).startsWith("Applied").contains(ARGO_CD).endsWith("1 of 2");
    assertThat(click("approve")).startsWith("Refused").contains("another person");
    assertThat(word("as-" + who, who, "Approve", onProd())).endsWith(who + ": 2 of 2");
    world.passUntil("10 %", Duration.ofMinutes(5), () -> shop.stage("weight").equals("10%"));
  }
}
