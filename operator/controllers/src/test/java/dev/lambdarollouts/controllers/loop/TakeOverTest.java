package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.controllers.translate.OwnerMark;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A function of a rollout, or an installation, of before: invariant 12. */
class TakeOverTest {
  private static final ObjectKey SECOND = new ObjectKey("shop", "second");
  private static final String FIRST = "install1/shop/hello";
  private final ModelWorld world = ModelWorld.promoted(Manifests.canary(), "prod");

  /** The rollout of before is gone; its tags and marks stand. */
  private void succeeded() {
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.settle();
    world.cluster().apply(Manifests.rollout("second", "", List.of("prod")));
    world.advance(Duration.ofMinutes(1));
  }

  @Test
  void withoutTheAnnotationItIsAnothersAndTheMessageSaysHowToComeByIt() {
    succeeded();

    assertThat(world.status("second").phase()).isEqualTo(RolloutPhase.DEGRADED);
    assertThat(world.status("second").message()).contains("take-over-from: " + FIRST);
    assertThat(world.aws().functions().owner("hello-prod")).hasToString(FIRST);
  }

  @Test
  void withItTheFunctionIsHandedOverAndNothingMovesOrIsPublished() {
    succeeded();
    List<String> moves = world.aws().aliases().moves();

    world.cluster().annotate(SECOND, "lambdarollouts.dev/take-over-from", FIRST);
    world.advance(Duration.ofMinutes(20));

    assertThat(world.status("second").phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(world.aws().functions().owner("hello-prod")).hasToString("install1/shop/second");
    assertThat(world.aws().aliases().description("hello-prod", "live"))
        .startsWith("lr1 o=" + OwnerMark.hash(new Owner("install1", "shop", "second")));
    assertThat(world.aws().aliases().moves()).isEqualTo(moves);
    assertThat(world.aws().functions().versions("hello-prod")).containsExactly("1");
  }

  @Test
  void aStageThatWasTakenOffTheListIsHandedToAnotherRollout() {
    ModelWorld two = ModelWorld.promoted(Manifests.canary(), "dev", "prod");
    two.cluster().apply(Manifests.rollout("dev"));
    two.settle();
    assertThat(two.aws().functions().owner("hello-prod")).isNull();
    List<String> moves = two.aws().aliases().moves();
    two.cluster().apply(Manifests.rollout("second", "", List.of("prod")));
    two.advance(Duration.ofMinutes(1));
    assertThat(two.status("second").message())
        .contains("another owner", "lambdarollouts.dev/take-over-from");

    two.cluster().annotate(SECOND, "lambdarollouts.dev/take-over-from", FIRST);
    two.advance(Duration.ofMinutes(20));

    assertThat(two.status("second").phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(two.aws().functions().owner("hello-prod")).hasToString("install1/shop/second");
    assertThat(two.aws().aliases().moves()).isEqualTo(moves);
  }

  @Test
  void anAnnotationThatNamesNoOwnerIsRefused() {
    world
        .cluster()
        .annotate(new ObjectKey("shop", "hello"), "lambdarollouts.dev/take-over-from", "hello");
    world.settle();

    assertThat(world.status().message())
        .contains("take-over-from", "found hello", "<installation>/<namespace>/<rollout>");
  }

  @Test
  void whatWasHandedBackIsTakenByItsTagsFirstAndNotByWhatWasReadBefore() {
    succeeded();
    world.cluster().annotate(SECOND, "lambdarollouts.dev/take-over-from", FIRST);
    world.advance(Duration.ofMinutes(20));
    Owner first = new Owner("install1", "shop", "hello");
    world.aws().functions().ownedBy("hello-prod", first);
    world
        .aws()
        .aliases()
        .marked(
            "hello-prod", "live", AliasMark.parse("lr1 o=" + OwnerMark.hash(first) + " s=1:1-0"));

    world.aws().forgetCalls();
    world.advance(Duration.ofMinutes(40));

    assertThat(world.aws().calls()).containsSubsequence("TagResource", "UpdateAlias");
    assertThat(world.aws().functions().owner("hello-prod")).hasToString("install1/shop/second");
  }
}
