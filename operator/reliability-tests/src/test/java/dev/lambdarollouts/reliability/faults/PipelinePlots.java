package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a team adds around the steps: soak, windows, slots, the way back by hand, the end of old
 * versions.
 */
final class PipelinePlots {
  private static final Duration AWHILE = Duration.ofSeconds(20);

  private static final Supplier<ModelWorld> KEEPS_NONE =
      Plots.copies(
          () -> {
            ModelWorld world = ModelWorld.promoted(Plots.CANARY, "prod");
            world
                .cluster()
                .apply(Manifests.rollout("hello", "revisionHistoryLimit: 0", List.of("prod")));
            world.settle();
            return world;
          });

  private static final Supplier<ModelWorld> ONE_SLOT = Plots.copies(PipelinePlots::oneSlot);

  private PipelinePlots() {}

  /** Another function's rollout stands in the stage beside hello's. */
  private static ModelWorld oneSlot() {
    ModelWorld world = ModelWorld.promoted(Plots.CANARY, "prod");
    world.cluster().apply(Manifests.stage("prod", "maxConcurrentRollouts: 1"));
    world.cluster().apply(another(Plots.release(1)));
    world.cluster().apply(another(Manifests.rollout("prod")));
    world.aws().alarms().set("another-prod-errors", AlarmSample.State.OK);
    world.advance(Duration.ofMinutes(20));
    return world;
  }

  private static String another(String manifest) {
    return manifest
        .replace("metadata: {name: hello,", "metadata: {name: another,")
        .replace("functionRef: {name: hello}", "functionRef: {name: another}");
  }

  static List<Plot> all() {
    return List.of(
        new Plot(
            "soak and window",
            Plots.TWO,
            false,
            List.of(
                Plot.Scene.first(PipelinePlots::gates),
                new Plot.Scene(
                    world -> true, AWHILE, world -> world.cluster().apply(Plots.release(2))))),
        new Plot(
            "two rollouts and one slot",
            ONE_SLOT,
            false,
            List.of(
                Plot.Scene.first(world -> world.cluster().apply(Plots.release(2))),
                new Plot.Scene(
                    Plots::isOnTen,
                    AWHILE,
                    world -> world.cluster().apply(another(Plots.release(2)))))),
        new Plot(
            "brought back by a person",
            KEEPS_NONE,
            true,
            List.of(
                Plot.Scene.first(
                    world ->
                        world.cluster().apply(Manifests.rollout("hello", "", List.of("prod")))),
                new Plot.Scene(
                    world -> true, AWHILE, world -> world.cluster().apply(Plots.release(2))),
                new Plot.Scene(
                    PipelinePlots::standsOnTwo,
                    AWHILE,
                    world -> world.cluster().apply(Manifests.action("back", "RollBack", ""))))),
        new Plot(
            "an old version goes",
            KEEPS_NONE,
            false,
            List.of(
                Plot.Scene.first(world -> world.cluster().apply(Plots.release(2))),
                new Plot.Scene(PipelinePlots::firstIsGone, AWHILE, world -> {}))));
  }

  /** The world began at 10:00; prod opens an hour a day, soon. */
  private static void gates(ModelWorld world) {
    world
        .cluster()
        .apply(
            Manifests.rollout("dev", "prod")
                .replace(
                    "{stageRef: {name: prod},", "{stageRef: {name: prod}, requiredSoakTime: 1m,"));
    world
        .cluster()
        .apply(
            Manifests.stage(
                "prod",
                "promotionWindows: [{name: soon, kind: Allow, schedule: \"30 * * * *\","
                    + " duration: 25m}]"));
  }

  private static boolean firstIsGone(ModelWorld world) {
    return !world.aws().functions().versions("hello-prod").contains("1");
  }

  private static boolean standsOnTwo(ModelWorld world) {
    return Standings.of(world).stream()
        .allMatch(
            stage -> stage.phase() == StagePhase.SUCCEEDED && "2".equals(stage.stableVersion()));
  }
}
