package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every pair of changes of specs, one right after the other so that the first is never seen alone,
 * and apart; from rest and in mid-canary. In the end nothing holds any more.
 */
final class SpecChanges {
  private static final List<Change> CHANGES =
      List.of(
          new Change("release 1", Plots.release(1)),
          new Change("release 2", Plots.release(2)),
          new Change("release 3", Plots.release(3)),
          new Change("bakes longer", Plots.CANARY.replace("bakeTime: 1m", "bakeTime: 2m")),
          new Change("no pauses", Plots.CANARY.replace("duration: 1m", "duration: 1s")),
          new Change("paused", Manifests.rollout("hello", "paused: true", List.of("prod"))),
          new Change("not paused", Manifests.rollout("prod")),
          new Change("suspended", Manifests.stage("prod", "suspended: true")),
          new Change("not suspended", Manifests.stage("prod")));

  private record Change(String name, String yaml) {
    void happens(ModelWorld world) {
      world.cluster().apply(yaml);
    }
  }

  private SpecChanges() {}

  static List<FaultPlan> all() {
    List<FaultPlan> plans = new ArrayList<>();
    for (boolean midCanary : new boolean[] {false, true}) {
      for (Change one : CHANGES) {
        for (Change other : CHANGES) {
          for (int seconds : new int[] {0, 1, 40}) {
            plans.add(pair(midCanary, one, other, Duration.ofSeconds(seconds)));
          }
        }
      }
    }
    return plans;
  }

  private static FaultPlan pair(boolean midCanary, Change one, Change other, Duration apart) {
    List<Plot.Scene> scenes = new ArrayList<>();
    if (midCanary) {
      scenes.add(Plot.Scene.first(world -> world.cluster().apply(Plots.release(2))));
    }
    scenes.add(
        new Plot.Scene(
            world -> !midCanary || Plots.isOnTen(world),
            midCanary ? Duration.ofSeconds(20) : Duration.ZERO,
            apart.isZero()
                ? world -> {
                  one.happens(world);
                  other.happens(world);
                }
                : one::happens));
    if (!apart.isZero()) {
      scenes.add(new Plot.Scene(world -> true, apart, other::happens));
    }
    scenes.add(new Plot.Scene(world -> true, Duration.ofMinutes(10), SpecChanges::nothingHolds));
    String what =
        one.name
            + " then "
            + other.name
            + (apart.isZero() ? ", coalesced" : ", " + apart.toSeconds() + " s apart");
    return new FaultPlan(
        Kind.SPEC_CHANGES,
        new Plot(
            midCanary ? "changes in mid-canary" : "changes at rest", Plots.PROMOTED, true, scenes),
        what,
        0,
        "",
        Fault::new,
        Promise.HEALTHY);
  }

  private static void nothingHolds(ModelWorld world) {
    world.cluster().apply(Manifests.rollout("prod"));
    world.cluster().apply(Manifests.stage("prod"));
  }
}
