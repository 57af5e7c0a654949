package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.controllers.translate.OwnerMark;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Plots in which somebody else changes what is in AWS, and the specs say what follows. */
final class OtherHands {
  private static final Duration AWHILE = Duration.ofSeconds(20);

  private static final String ADOPTION = "adoption";
  private static final String TAKE_OVER = "take-over";

  private OtherHands() {}

  /** Foreign moves are judged by the status, and here there is none at first. */
  static boolean isBeforeAnyStatus(Plot plot) {
    return plot.name().equals(ADOPTION) || plot.name().equals(TAKE_OVER);
  }

  /** A function of nobody's, its alias on $LATEST. */
  private static ModelWorld theirs() {
    ModelWorld world = withoutRollout();
    world.aws().functions().ownedBy("hello-prod", null);
    world.aws().functions().madeByHand("hello-prod");
    world
        .aws()
        .aliases()
        .madeByHand("hello-prod", "live", AliasTarget.only(new VersionNumber("$LATEST")));
    world.cluster().apply(Plots.release(1) + "  adoptionPolicy: Adopt\n");
    return world;
  }

  /** A function of an installation of before. */
  private static ModelWorld anothers() {
    ModelWorld world = withoutRollout();
    Owner before = new Owner("old", "shop", "hello");
    world.aws().functions().ownedBy("hello-prod", before);
    world
        .aws()
        .aliases()
        .marked(
            "hello-prod",
            "live",
            new AliasMark(
                OwnerMark.hash(before),
                new AliasMark.Marked(new VersionNumber("1"), new ReleaseId("1-old")),
                null,
                null));
    return world;
  }

  private static ModelWorld withoutRollout() {
    ModelWorld world = Plots.PROMOTED.get();
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.settle();
    return world;
  }

  private static String deleted(int release) {
    return Plots.release(release) + "  deletionPolicy: Delete\n";
  }

  static List<Plot> all() {
    return List.of(
        new Plot(
            "drift reverted",
            Plots.PROMOTED,
            true,
            List.of(
                applies(Manifests.stage("prod", "driftPolicy: Revert")),
                then(Plots.release(2)),
                new Plot.Scene(Plots::isOnTen, AWHILE, OtherHands::raises))),
        new Plot(
            "drift adopted",
            Plots.PROMOTED,
            false,
            List.of(
                applies(Manifests.stage("prod", "driftPolicy: Adopt")),
                new Plot.Scene(
                    world -> true,
                    AWHILE,
                    world -> {
                      world.aws().functions().deployedByHand("hello-prod");
                      moves(world, AliasTarget.only(new VersionNumber("2")));
                    }),
                new Plot.Scene(
                    phase(StagePhase.ROLLED_BACK),
                    AWHILE,
                    world -> world.cluster().apply(Plots.release(2))))),
        new Plot(
            "delete in mid-course with what was created",
            Plots.PROMOTED,
            true,
            List.of(
                applies(deleted(2)),
                new Plot.Scene(
                    Plots::isOnTen,
                    AWHILE,
                    world -> world.cluster().delete(LambdaRollout.class, "shop", "hello")))),
        new Plot(
            ADOPTION,
            Plots.copies(OtherHands::theirs),
            false,
            List.of(applies(Manifests.rollout("prod")))),
        new Plot(
            TAKE_OVER,
            Plots.copies(OtherHands::anothers),
            false,
            List.of(
                applies(
                    Manifests.rollout("prod")
                        .replace(
                            "annotations: {}",
                            "annotations: {lambdarollouts.dev/take-over-from: old/shop/hello}")))),
        new Plot(
            "drift resumed",
            Plots.PROMOTED,
            true,
            List.of(
                applies(Plots.release(2)),
                new Plot.Scene(Plots::isOnTen, AWHILE, OtherHands::raises),
                new Plot.Scene(
                    Standings::drifts,
                    AWHILE,
                    world -> world.cluster().apply(Manifests.action("restore", "Resume", ""))))));
  }

  /** Only what a person sees is changed: not an alias that is somewhere else by then. */
  private static void raises(ModelWorld world) {
    if (Plots.isOnTen(world)) {
      moves(world, thirtyPercent());
    }
  }

  private static AliasTarget thirtyPercent() {
    return AliasTarget.split(new VersionNumber("1"), new VersionNumber("2"), Weight.ofPercent(30));
  }

  private static void moves(ModelWorld world, AliasTarget target) {
    world.aws().aliases().move("hello-prod", "live", target);
  }

  private static Plot.Scene applies(String yaml) {
    return Plot.Scene.first(world -> world.cluster().apply(yaml));
  }

  private static Plot.Scene then(String yaml) {
    return new Plot.Scene(world -> true, AWHILE, world -> world.cluster().apply(yaml));
  }

  private static Predicate<ModelWorld> phase(StagePhase phase) {
    return world -> Standings.of(world).stream().anyMatch(stage -> stage.phase() == phase);
  }
}
