package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All plots. Short waits: every one is told hundreds of times. */
final class Plots {
  /** Weights that the strategies of all plots name, in hundredths of a percent. */
  static final List<Integer> WEIGHTS = List.of(0, 1_000, 5_000, 10_000);

  /** Every timed pause and every bake of every plot. */
  static final Duration WAIT = Duration.ofMinutes(1);

  static final String CANARY = strategy("{duration: 1m}");
  private static final String WAITS = strategy("{}");
  private static final Duration AWHILE = Duration.ofSeconds(20);

  private static final Supplier<ModelWorld> EMPTY = copies(Plots::empty);
  static final Supplier<ModelWorld> PROMOTED = copies(() -> ModelWorld.promoted(CANARY, "prod"));
  static final Supplier<ModelWorld> WAITING = copies(() -> ModelWorld.promoted(WAITS, "prod"));
  static final Supplier<ModelWorld> TWO = copies(() -> ModelWorld.promoted(CANARY, "dev", "prod"));

  private Plots() {}

  /** The main job, and every way out of it: told under every kind of fault. */
  static List<Plot> all() {
    return List.of(
        plot("first release", EMPTY, false, applies(Manifests.rollout("prod"))),
        plot("canary", PROMOTED, false, applies(release(2))),
        plot("rollback by alarm", PROMOTED, true, applies(release(2)), onTen(Plots::alarm)),
        plot(
            "supersede",
            PROMOTED,
            true,
            applies(release(2)),
            onTen(world -> world.cluster().apply(release(3)))),
        plot("abort", PROMOTED, true, applies(release(2)), onTen(acts("Abort"))),
        plot(
            "delete in mid-course",
            PROMOTED,
            true,
            applies(release(2)),
            onTen(world -> world.cluster().delete(LambdaRollout.class, "shop", "hello"))),
        plot("two stages", TWO, false, applies(release(2))));
  }

  /** The function's n-th release. */
  static String release(int number) {
    String key = "hello-" + number + ".zip";
    return Manifests.function(number == 1 ? "1.0.0" : key, key);
  }

  static void alarm(ModelWorld world) {
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
  }

  /** The candidate in prod has a tenth of the traffic. */
  static boolean isOnTen(ModelWorld world) {
    AliasTarget target = world.aws().aliases().target("hello-prod:live");
    return target != null
        && target.additional() != null
        && target.additional().weight().equals(Weight.ofPercent(10));
  }

  private static String strategy(String firstPause) {
    return Manifests.strategy(
        """
        canary:
          steps:
            - setWeight: 10
            - pause: %s
            - setWeight: 50
            - pause: {duration: 1m}
        alarms: [{name: "{functionName}-errors"}]
        bakeTime: 1m
        """
            .formatted(firstPause));
  }

  static ModelWorld empty() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(release(1));
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(CANARY);
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    return world;
  }

  /** Tells the opening once; every plan gets a copy of what stands then. */
  static Supplier<ModelWorld> copies(Supplier<ModelWorld> opening) {
    ModelWorld told = opening.get();
    return told::copy;
  }

  static Plot plot(
      String name, Supplier<ModelWorld> opening, boolean goesBack, Plot.Scene... scenes) {
    return new Plot(name, opening, goesBack, List.of(scenes));
  }

  static Plot.Scene applies(String yaml) {
    return Plot.Scene.first(world -> world.cluster().apply(yaml));
  }

  static Plot.Scene onTen(Consumer<ModelWorld> happening) {
    return new Plot.Scene(Plots::isOnTen, AWHILE, happening);
  }

  static Consumer<ModelWorld> acts(String verb) {
    return world -> world.cluster().apply(Manifests.action("word", verb, ""));
  }

  /** A canary waits in a pause without end. */
  static boolean waitsForPromote(ModelWorld world) {
    return Standings.of(world).stream()
        .anyMatch(
            stage -> stage.pause() != null && stage.pause().reason().equals("CanaryPauseStep"));
  }

  static Predicate<ModelWorld> phase(StagePhase phase) {
    return world -> Standings.of(world).stream().anyMatch(stage -> stage.phase() == phase);
  }
}
