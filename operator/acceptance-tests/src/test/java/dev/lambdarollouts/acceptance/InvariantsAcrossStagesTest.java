package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** api.md, What must always hold: those invariants that need two stages, or two teams. */
class InvariantsAcrossStagesTest {
  private static final String SHOP_ACCOUNT = "444455556666";
  private static final String BANK_ACCOUNT = "777788889999";

  private final World world = World.withoutOperator();
  private final StoryNamespace shop = world.namespace();

  @AfterEach
  void end() {
    world.close();
  }

  private static String stageIn(String account) {
    return Manifests.stage("prod")
        .replace(World.ACCOUNT, account)
        .replace(
            "alias: live",
            "alias: live, credentials: {assumeRole: {roleArn: \"arn:aws:iam::"
                + account
                + ":role/deployer\"}}");
  }

  private static String allAtOnce(String... stages) {
    return Manifests.rollout(stages)
        .replace("strategyRef: {name: careful-canary}", "strategy: {allAtOnce: {}, bakeTime: 2m}");
  }

  @Test
  void invariant13AStagesCredentialsAreUsedForItsOwnNamespaceOnly() {
    StoryNamespace bank = world.anotherNamespace();
    world.startOperator();
    shop.apply(stageIn(SHOP_ACCOUNT), Manifests.function("1.0.0"), allAtOnce("prod"));
    world.untilPromoted("1.0.0");

    bank.apply(Manifests.function("1.0.0"), allAtOnce("prod"));
    world.passUntil(
        "the missing stage told",
        Duration.ofMinutes(1),
        () -> bank.rollout(".status.message").contains("LambdaStage prod"));
    assertThat(bank.reasonOf("hello", "Stalled")).isEqualTo("InvalidSpec");

    bank.apply(stageIn(BANK_ACCOUNT));
    world.passUntil(
        "the bank's own", Duration.ofMinutes(10), () -> "Succeeded".equals(bank.stage("phase")));
    assertThat(world.aws().calls().of("lambda"))
        .filteredOn(call -> !call.operation().equals("CreateFunction")) // names it in its body
        .extracting(call -> call.attempt().account(), InvariantsAcrossStagesTest::team)
        .as("each function only ever under its own team's role")
        .containsOnly(tuple(SHOP_ACCOUNT, shop.name()), tuple(BANK_ACCOUNT, bank.name()));
  }

  private static String team(Call call) {
    return call.resource().replaceAll(".*function:", "").replaceAll("-hello-.*", "");
  }

  @Test
  void invariant13AFunctionOfAnotherNamespaceIsNotTouched() {
    StoryNamespace bank = world.anotherNamespace();
    world.startOperator();
    shop.apply(Manifests.stage("prod"), Manifests.function("1.0.0"), allAtOnce("prod"));
    world.untilPromoted("1.0.0");
    world.settle();
    world.aws().calls().clear();

    bank.apply(
        Manifests.stage("prod").replace("{namespace}-{function}", shop.name() + "-{function}"),
        Manifests.function("6.6.6"),
        allAtOnce("prod"));
    world.passUntil(
        "the refusal",
        Duration.ofMinutes(2),
        () -> bank.reasonOf("hello", "Stalled").equals("OwnedByAnother"));
    assertThat(bank.rollout(".status.message")).contains(shop.name() + "/hello");
    assertThat(world.aws().calls().matching(call -> call.attempt().mutates())).isEmpty();
  }

  @Test
  void invariant14ProdRunsWhatDevRan() {
    world.startOperator();
    world.clients().upload("artifacts", "hello.zip", "export const handler = async () => 'dev';");
    shop.apply(
        Manifests.stage("dev"),
        Manifests.stage("prod"),
        Manifests.function("1.0.0")
            .replace(
                "{configMap: {name: hello-src-1.0.0}}",
                "{s3: {bucket: artifacts, key: hello.zip}}"),
        allAtOnce("dev", "prod"));
    world.untilStagePhase("Baking", Duration.ofMinutes(5));
    world.clients().upload("artifacts", "hello.zip", "export const handler = async () => 'other';");
    world.passUntil(
        "prod failed",
        Duration.ofMinutes(10),
        () -> "Failed".equals(shop.rollout(".status.stages[1].phase")));
    assertThat(shop.rollout(".status.message")).contains("CodeChanged", "dev");
    assertThat(shop.reasonOf("hello", "Stalled")).isEqualTo("Failed");
    assertThat(world.clients().alias(world.functionName("prod"))).as("no traffic").isEmpty();
  }

  @Test
  void aStageSaysWhoTheOperatorIsThereAndWhenItIsAnotherAccount() {
    world.startOperator();
    shop.apply(
        stageIn(SHOP_ACCOUNT),
        Manifests.stage("wrong").replace(World.ACCOUNT, BANK_ACCOUNT),
        Manifests.function("1.0.0"));
    shop.kubectl("wait", "--for=condition=Ready", "lst/prod", "--timeout=30s");
    assertThat(shop.kubectl("get", "lst", "prod")).contains(SHOP_ACCOUNT);
    assertThat(shop.kubectl("get", "lst", "prod", "-o", "jsonpath={.status.callerArn}"))
        .startsWith("arn:aws:sts::" + SHOP_ACCOUNT + ":assumed-role/deployer/");
    shop.kubectl("wait", "--for=condition=Ready=False", "lst/wrong", "--timeout=30s");
    assertThat(
            shop.kubectl("get", "lst", "wrong", "-o", "jsonpath={.status.conditions[0].message}"))
        .contains(World.ACCOUNT, BANK_ACCOUNT, "spec.accountId");
  }
}
