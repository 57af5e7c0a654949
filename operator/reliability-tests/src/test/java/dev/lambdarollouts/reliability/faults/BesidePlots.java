package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What stands beside a release, and functions that somebody else publishes. */
final class BesidePlots {
  private static final Duration AWHILE = Duration.ofSeconds(20);

  private static final String FUNCTION_UPDATE =
      "  runtimeManagementConfig: {updateRuntimeOn: FunctionUpdate}\n";

  private static final Supplier<ModelWorld> ELSEWHERE_NO_ALIAS =
      Plots.copies(BesidePlots::elsewhere);
  private static final Supplier<ModelWorld> ELSEWHERE =
      Plots.copies(
          () -> {
            ModelWorld world = elsewhere();
            world
                .aws()
                .aliases()
                .move("hello-prod", "live", AliasTarget.only(new VersionNumber("1")));
            return world;
          });

  private BesidePlots() {}

  static List<Plot> all() {
    return List.of(
        Plots.plot(
            "provisioned concurrency",
            Plots.PROMOTED,
            false,
            Plots.applies(
                Manifests.stage("prod", "provisionedConcurrency: 5\nreservedConcurrency: 9")),
            new Plot.Scene(
                Plots.phase(StagePhase.SUCCEEDED), AWHILE, world -> apply(world, Plots.release(2))),
            new Plot.Scene(
                BesidePlots::standsOnTwo,
                AWHILE,
                world -> world.cluster().apply(Manifests.stage("prod")))),
        Plots.plot(
            "provisioned concurrency of a candidate that is rolled back",
            Plots.PROMOTED,
            true,
            Plots.applies(Manifests.stage("prod", "provisionedConcurrency: 5")),
            new Plot.Scene(
                BesidePlots::isProvisioned, AWHILE, world -> apply(world, Plots.release(2))),
            Plots.onTen(Plots::alarm)),
        Plots.plot(
            "new configuration, and its runtime's management",
            Plots.PROMOTED,
            false,
            Plots.applies(Plots.release(2) + "  memorySize: 512\n" + FUNCTION_UPDATE),
            new Plot.Scene(
                BesidePlots::standsOnTwo,
                AWHILE,
                world -> apply(world, Plots.release(2) + "  memorySize: 512\n"))),
        Plots.plot(
            "published elsewhere, alias there",
            ELSEWHERE,
            false,
            Plots.applies(Manifests.rollout("prod"))),
        Plots.plot(
            "published elsewhere, first release, then rolled back",
            ELSEWHERE_NO_ALIAS,
            true,
            Plots.applies(Manifests.rollout("prod")),
            new Plot.Scene(
                Plots.phase(StagePhase.SUCCEEDED),
                AWHILE,
                world -> {
                  world.aws().functions().publishedElsewhere("hello-prod");
                  world.cluster().apply(Manifests.published("3"));
                }),
            Plots.onTen(Plots::alarm)));
  }

  /** Somebody else made the function and published versions 1 and 2. */
  private static ModelWorld elsewhere() {
    ModelWorld world = Plots.empty();
    world.cluster().apply(Manifests.published(""));
    world.aws().functions().publishedElsewhere("hello-prod");
    world.aws().functions().publishedElsewhere("hello-prod");
    return world;
  }

  private static void apply(ModelWorld world, String yaml) {
    world.cluster().apply(yaml);
  }

  private static boolean isProvisioned(ModelWorld world) {
    return Standings.of(world).stream().anyMatch(stage -> stage.sideHash() != null)
        && Standings.isOver(world);
  }

  private static boolean standsOnTwo(ModelWorld world) {
    return Standings.of(world).stream()
        .anyMatch(
            stage -> stage.phase() == StagePhase.SUCCEEDED && "2".equals(stage.stableVersion()));
  }
}
