package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code code.published}: others publish, the operator only shifts. */
class PublishedElsewhereTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");

  private final ModelWorld world = new ModelWorld();

  PublishedElsewhereTest() {
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(Manifests.canary());
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
  }

  private void othersPublish() {
    world.aws().functions().publishedElsewhere("hello-prod");
  }

  private void aliasOn(VersionNumber version) {
    world.aws().aliases().move("hello-prod", "live", AliasTarget.only(version));
  }

  private void rollOut(String version) {
    world.cluster().apply(Manifests.published(version));
    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(1));
  }

  private AliasTarget target() {
    return world.aws().aliases().target("hello-prod:live");
  }

  @Test
  void aWholeCanaryCallsForReadsTagsAndTheAliasAndForNothingElse() {
    othersPublish();
    aliasOn(ONE);
    othersPublish();
    rollOut("");
    assertThat(target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
    world.advance(Duration.ofMinutes(40));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(target()).isEqualTo(AliasTarget.only(TWO));
    assertThat(world.aws().calls())
        .containsOnly(
            "GetCallerIdentity",
            "ListVersionsByFunction",
            "GetFunctionConfiguration",
            "GetFunction",
            "GetAlias",
            "TagResource",
            "UpdateAlias",
            "DescribeAlarms");
    assertThat(world.aws().calls()).filteredOn("TagResource"::equals).hasSize(1);
  }

  @Test
  void whatIsPublishedAtRestIsFoundByTheDriftCheckAndAtRestNothingIsWritten() {
    othersPublish();
    rollOut("");
    world.advance(Duration.ofMinutes(15));
    assertThat(target()).isEqualTo(AliasTarget.only(ONE));
    world.aws().forgetCalls();
    world.advance(Duration.ofHours(2));
    assertThat(world.aws().calls())
        .containsOnly("GetAlias", "ListVersionsByFunction")
        .filteredOn("ListVersionsByFunction"::equals)
        .hasSize(4);
    othersPublish();
    assertThat(
            world.advanceUntil(
                () -> "2".equals(world.stage("prod").canaryVersion()), Duration.ofMinutes(31)))
        .isTrue();
    world.restart();
    world.advance(Duration.ofMinutes(40));
    assertThat(target()).isEqualTo(AliasTarget.only(TWO));
  }

  @Test
  void anAliasOnTheDesiredVersionIsThereAndNothingMoves() {
    othersPublish();
    othersPublish();
    aliasOn(ONE);
    rollOut("1");
    assertThat(world.stage("prod").phase()).isEqualTo(StagePhase.SUCCEEDED);
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
    assertThat(world.aws().calls()).doesNotContain("UpdateAlias", "CreateAlias");
    assertThat(world.aws().functions().owner("hello-prod"))
        .isEqualTo(new Owner("install1", "shop", "hello"));
  }

  @Test
  void aVersionThatIsNotThereIsToldAndTakenOnceItIs() {
    othersPublish();
    aliasOn(ONE);
    rollOut("2");
    assertThat(world.status().message())
        .contains("LambdaFunction hello: spec.code.published.version: found 2")
        .contains("publish it");
    othersPublish();
    world.advance(Duration.ofMinutes(2));
    assertThat(target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
  }

  @Test
  void anothersTagsAreNeverOverwritten() {
    othersPublish();
    aliasOn(ONE);
    world.aws().functions().tag("hello-prod", new Owner("install2", "shop", "hello"));
    rollOut("");
    assertThat(world.status().message()).contains("install2/shop/hello");
    assertThat(world.aws().calls()).doesNotContain("TagResource", "UpdateAlias");
  }

  @Test
  void withoutStatusItFindsItsPlaceInMidCanary() {
    othersPublish();
    aliasOn(ONE);
    othersPublish();
    rollOut("");
    world.aws().forgetCalls();
    world.loseStatus();
    world.restart();
    assertThat(target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
    assertThat(world.aws().calls()).doesNotContain("UpdateAlias", "TagResource");
    assertThat(world.stage("prod").stableVersion()).isEqualTo("1");
  }

  @Test
  void ownCodeIsNotWrittenToTheirLatestWhileSomethingRunsIt() {
    othersPublish();
    aliasOn(ONE);
    rollOut("1");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
    world.aws().functions().entrances("event source mapping 4711");

    world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
    world.advance(Duration.ofMinutes(5));

    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("event source mapping 4711", "accept");
    assertThat(world.aws().calls())
        .doesNotContain("UpdateFunctionCode", "UpdateFunctionConfiguration");

    world.aws().functions().entrances();
    world.advance(Duration.ofMinutes(5));
    assertThat(world.aws().calls()).contains("PublishVersion");
  }

  @Test
  void anAliasOnTwoVersionsIsLookedAtAgainAndTakenOnceItIsOnOne() {
    othersPublish();
    othersPublish();
    world
        .aws()
        .aliases()
        .move("hello-prod", "live", AliasTarget.split(ONE, TWO, Weight.ofPercent(20)));
    rollOut("1");
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status().message()).contains("put it on one version");

    aliasOn(ONE);
    world.advance(Duration.ofMinutes(3));
    assertThat(world.status().phase()).isEqualTo(RolloutPhase.HEALTHY);
  }
}
