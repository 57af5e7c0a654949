package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.AwsClients;
import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import dev.lambdarollouts.simulator.door.Call;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody else was there before, moves the alias, or changes and publishes what is not theirs. */
class OtherHandsTest {
  /** The default is 30 minutes. */
  private static final Duration DRIFT_CHECK = Duration.ofMinutes(35);

  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final AwsClients aws = world.clients();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void applied(String stage, String functionManifest) {
    aws.createErrorsAlarm(function);
    namespace.apply(stage, Manifests.strategy(), functionManifest, Manifests.rollout("prod"));
  }

  private void stableOn(String release) {
    applied(Manifests.stage("prod"), Manifests.function(release));
    world.untilPromoted(release);
  }

  private static String driftPolicy(String policy) {
    return Manifests.stage("prod").replace("alias: live", "alias: live, driftPolicy: " + policy);
  }

  /** AWS refuses it while a change is under way. */
  private void publish() {
    world.pass(Duration.ofSeconds(20));
    aws.publish(function);
  }

  private List<String> changes() {
    return world
        .aws()
        .calls()
        .matching(call -> call.service().equals("lambda") && call.attempt().mutates())
        .stream()
        .map(Call::operation)
        .toList();
  }

  @Test
  void aFunctionOfSomebodysIsAdoptedOnlyWhenAskedForAndNeverDeleted() {
    aws.createFunction(function, "theirs");
    publish();
    aws.createAlias(function, "live", "1");
    world.aws().calls().clear();
    applied(Manifests.stage("prod"), Manifests.function("1.0.0"));
    world.passUntil(
        "the refusal",
        Duration.ofMinutes(2),
        () -> namespace.rollout(".status.message").contains("adoptionPolicy"));
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Degraded");
    assertThat(changes()).isEmpty();

    namespace.apply(
        Manifests.function("1.0.0")
            + "  adoptionPolicy: AdoptOrCreate\n  deletionPolicy: Delete\n");
    world.passUntil(
        "10 % beside theirs", Duration.ofMinutes(10), () -> aws.alias(function).equals("1+2=0.1"));
    world.untilPromoted("1.0.0");
    assertThat(aws.alias(function)).isEqualTo("2");

    namespace.kubectl("delete", "lro", "hello", "--wait=false");
    world.passUntil("the end", Duration.ofMinutes(5), () -> namespace.rollout(".kind").isEmpty());
    assertThat(aws.alias(function))
        .as("deletionPolicy Delete spares what was adopted")
        .isEqualTo("2");
    assertThat(aws.versions(function)).isEqualTo(2);
  }

  @Test
  void aFunctionIsHandedOverByTheAnnotationAndNothingMovesOrIsPublished() {
    stableOn("1.0.0");
    namespace.kubectl("delete", "lro", "hello", "--timeout=30s");
    namespace.apply(
        Manifests.rollout("prod").replace("metadata: {name: hello}", "metadata: {name: heir}"));
    world.passUntil(
        "the refusal",
        Duration.ofMinutes(2),
        () -> namespace.reasonOf("heir", "Stalled").equals("OwnedByAnother"));
    Matcher remedy =
        Pattern.compile("lambdarollouts\\.dev/take-over-from: (\\S+/\\S+/hello)")
            .matcher(namespace.rollout("heir", ".status.message"));
    assertThat(remedy.find()).as(namespace.rollout("heir", ".status.message")).isTrue();
    world.aws().calls().clear();

    namespace.kubectl(
        "annotate", "lro", "heir", "lambdarollouts.dev/take-over-from=" + remedy.group(1));
    world.passUntil(
        "the hand-over",
        Duration.ofMinutes(40),
        () -> namespace.rollout("heir", ".status.phase").equals("Healthy"));

    assertThat(aws.alias(function)).isEqualTo("1");
    assertThat(aws.versions(function)).isEqualTo(1);
    assertThat(changes()).containsOnly("TagResource", "UpdateAlias");

    aws.tag(function, "lambdarollouts.dev/installation", "0123456789abcdef");
    world.aws().calls().clear();
    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil(
        "another installation's",
        Duration.ofMinutes(2),
        () -> namespace.reasonOf("heir", "Stalled").equals("OwnedByAnother"));
    assertThat(namespace.rollout("heir", ".status.message"))
        .contains(
            "lambdarollouts.dev/take-over-from: 0123456789abcdef/" + namespace.name() + "/heir");
    assertThat(changes()).isEmpty();
  }

  @Test
  void underRevertTheAliasComesBackAndUnderAdoptTheirVersionIsStable() {
    stableOn("1.0.0");
    namespace.apply(driftPolicy("Revert"), Manifests.function("1.1.0"));
    world.untilPromoted("1.1.0");
    world.pass(Duration.ofSeconds(20));
    world.settle();
    world.aws().calls().clear();
    aws.pointAlias(function, "1");
    world.passUntil("the revert", DRIFT_CHECK, () -> aws.alias(function).equals("2"));
    world.settle();
    assertThat(namespace.rollout(".status.phase")).isEqualTo("Healthy");
    assertThat(changes()).as("theirs and ours").containsExactly("UpdateAlias", "UpdateAlias");

    namespace.apply(driftPolicy("Adopt"));
    aws.pointAlias(function, "1");
    world.passUntil(
        "the adoption",
        DRIFT_CHECK.multipliedBy(2),
        () -> namespace.stage("stableVersion").equals("1"));
    assertThat(aws.alias(function)).isEqualTo("1");
    assertThat(namespace.stage("phase")).isEqualTo("RolledBack");
    assertThat(namespace.stage("rejectedReleases[0].cause.type")).isEqualTo("Drift");
  }

  @Test
  void whatSomebodyChangedOrPublishedByHandIsNeverGivenTraffic() {
    stableOn("1.0.0");
    aws.updateCode(function, "by hand");
    publish();
    namespace.apply(Manifests.function("1.1.0"));
    world.untilPromoted("1.1.0");
    assertThat(aws.alias(function)).as("2 is theirs").isEqualTo("3");
    assertThat(aws.codeSha256(function, "3")).isNotEqualTo(aws.codeSha256(function, "2"));

    aws.updateCode(function, "by hand again");
    world.pass(Duration.ofSeconds(20));
    aws.updateMemory(function, 512);
    namespace.apply(Manifests.function("1.2.0"));
    world.untilPromoted("1.2.0");
    assertThat(aws.alias(function)).isEqualTo("4");
    assertThat(aws.memory(function, "4")).isEqualTo(128);
    assertThat(world.aws().calls().of("lambda", "PublishVersion"))
        .as("one of theirs, one for each release")
        .hasSize(4);
  }

  @Test
  void concurrencyIsThereBeforeTrafficAndGoesWithWhatServedBefore() {
    applied(
        Manifests.stage("prod")
            .replace(
                "alias: live", "alias: live, reservedConcurrency: 10, provisionedConcurrency: 2"),
        Manifests.function("1.0.0")
            + "  runtimeManagementConfig: {updateRuntimeOn: FunctionUpdate}\n");
    world.untilPromoted("1.0.0");
    world.passUntil(
        "all of it set",
        Duration.ofMinutes(10),
        () -> namespace.rollout(".status.phase").equals("Healthy"));
    assertThat(aws.reserved(function)).isEqualTo(10);
    assertThat(aws.provisioned(function)).containsExactly("1=2 READY");
    assertThat(aws.updatesRuntimeOn(function, "1")).isEqualTo("FunctionUpdate");

    namespace.apply(Manifests.function("1.1.0"));
    world.passUntil("10 %", Duration.ofMinutes(15), () -> aws.alias(function).equals("1+2=0.1"));
    assertThat(aws.provisioned(function)).containsExactlyInAnyOrder("1=2 READY", "2=2 READY");
    world.untilPromoted("1.1.0");
    world.passUntil(
        "stable's of before gone",
        Duration.ofMinutes(10),
        () -> aws.provisioned(function).equals(List.of("2=2 READY")));
    assertThat(aws.updatesRuntimeOn(function, "2")).as("asked for no more").isEqualTo("Auto");

    namespace.apply(Manifests.stage("prod"));
    world.passUntil(
        "taken back",
        Duration.ofMinutes(10),
        () -> aws.provisioned(function).isEmpty() && aws.reserved(function) == null);
    assertThat(aws.versions(function)).as("published for none of it").isEqualTo(2);

    namespace.apply(
        driftPolicy("Revert"),
        Manifests.rollout("prod")
            .replace(
                "strategyRef: {name: careful-canary}", "strategy: {allAtOnce: {}, bakeTime: 5m}"));
    whatAwsItselfDoesToAnAliasWithProvisionedConcurrencyIsNotReverted();
  }

  /** AWS holds all traffic on the version before for 7 minutes: longer than the bake. */
  private void whatAwsItselfDoesToAnAliasWithProvisionedConcurrencyIsNotReverted() {
    aws.provisionAlias(function, 2);
    world.pass(Duration.ofMinutes(2));
    world.aws().calls().clear();
    namespace.apply(Manifests.function("1.2.0"));
    world.passUntil(
        "AWS' own move", Duration.ofMinutes(5), () -> aws.alias(function).equals("3+2=1.0"));
    world.passUntil(
        "a word about it",
        Duration.ofMinutes(6),
        () -> namespace.rollout(".status.message").contains("AWS moves the alias' provisioned"));
    assertThat(aws.alias(function)).as("past the bake").isEqualTo("3+2=1.0");
    world.untilPromoted("1.2.0");
    assertThat(aws.alias(function)).isEqualTo("3");
    assertThat(world.aws().calls().of("lambda", "UpdateAlias"))
        .filteredOn(call -> call.status() == 200)
        .as("all at once and the mark after the bake, no revert")
        .hasSize(2);
    assertThat(world.argoCd().seen())
        .extracting(one -> one.at("/status/message").asText())
        .noneMatch(message -> message.contains("somebody else moved"));
  }
}
