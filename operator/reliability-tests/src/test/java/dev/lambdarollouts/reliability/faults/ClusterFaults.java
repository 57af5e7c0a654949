package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What goes wrong with the cluster: conflicts, watch events, the Lease. */
final class ClusterFaults {
  private ClusterFaults() {}

  static List<FaultPlan> cluster(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      if (point.call().equals("PatchStatus")) {
        plans.add(plan(plot, point, "409 of a status", Conflict::new));
      }
      if (!point.isAws()) {
        plans.add(
            plan(
                plot,
                point,
                "lost reply of the API server",
                at -> new CallFaults.Replies(at, AwsFailure.Kind.UNAVAILABLE)));
        plans.add(
            plan(
                plot,
                point,
                "API server down for 1 min",
                at ->
                    new CallFaults.Outage(
                        at,
                        AwsFailure.Kind.UNAVAILABLE,
                        Duration.ofMinutes(1),
                        call -> !Calls.isAws(call))));
      }
      if (!point.isAsBeforeInTheCluster()) {
        plans.add(plan(plot, point, "caches held back for 30 s", Held::new));
        plans.add(plan(plot, point, "a watch event doubled", Doubled::new));
      }
    }
    for (int scene = 1; scene <= plot.scenes().size(); scene++) {
      int number = scene;
      plans.add(
          new FaultPlan(
              Kind.CLUSTER,
              plot,
              "watch events dropped until a relist 5 min later",
              scene,
              "scene",
              at -> new Dropped(number),
              // Heard of five minutes late, a word comes when the canary is long over.
              scene == 1 ? Promise.AS_UNDISTURBED : Promise.AN_END));
    }
    return plans;
  }

  private static FaultPlan plan(Plot plot, Point point, String what, IntFunction<Fault> fault) {
    return CallFaults.plan(Kind.CLUSTER, plot, point, what, fault, Promise.AS_UNDISTURBED);
  }

  /** Somebody else writes the rollout right before. */
  private static final class Conflict extends Fault {
    Conflict(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      telling().world().cluster().touchBeforeNextWrite();
      return null;
    }
  }

  /** No cache hears anything for a while. */
  private static final class Held extends Fault {
    private static final Duration WHILE = Duration.ofSeconds(30);

    Held(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      ModelWorld world = telling().world();
      world.cluster().holdCaches();
      world.time().after(WHILE, () -> catchUp(world));
      return null;
    }

    @Override
    Duration lasts() {
      return WHILE;
    }
  }

  private static void catchUp(ModelWorld world) {
    world.cluster().dropEvents(false);
    world.cluster().releaseCaches();
    world.wakeAll();
  }

  private static final class Doubled extends Fault {
    Doubled(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      telling().world().wakeAll();
      return null;
    }
  }

  /** What happens in a scene is heard of five minutes later. */
  private static final class Dropped extends Fault {
    private static final Duration RELIST = Duration.ofMinutes(5);
    private final int dropped;

    Dropped(int scene) {
      super(0);
      dropped = scene;
    }

    @Override
    void happens(int scene, Runnable happening) {
      ModelWorld world = telling().world();
      if (scene == dropped) {
        world.cluster().dropEvents(true);
        world.cluster().holdCaches();
        world.time().after(RELIST, () -> catchUp(world));
      }
      happening.run();
    }

    @Override
    Duration lasts() {
      return RELIST.plusSeconds(1);
    }
  }

  static List<FaultPlan> leaderships(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      plans.add(lead(plot, point, "another leader for 1 s", 1, "", Promise.AS_UNDISTURBED));
      // The story's next scene waits as long as the deposed one sleeps.
      plans.add(
          lead(
              plot,
              point,
              "another leader for 90 s",
              90,
              "",
              plot.goesBack() ? Promise.AN_END : Promise.AS_UNDISTURBED));
      if (!point.aliasThere()) {
        // A deposed leader's CreateAlias carries no RevisionId: nothing fences it.
        continue;
      }
      plans.add(lead(plot, point, "another leader who is told Abort", 5, "Abort", Promise.AN_END));
    }
    return plans;
  }

  private static FaultPlan lead(
      Plot plot, Point point, String what, int seconds, String verb, Promise promise) {
    return CallFaults.plan(
        Kind.LEADERSHIP,
        plot,
        point,
        what,
        at -> new Deposed(at, Duration.ofSeconds(seconds), verb),
        promise);
  }

  /** Another process leads before the call of the first arrives. */
  private static final class Deposed extends Fault {
    private final Duration before;
    private final String verb;

    /**
     * @param before how long it leads before the call arrives
     * @param verb what a person tells it at once; empty: nothing
     */
    Deposed(int at, Duration before, String verb) {
      super(at);
      this.before = before;
      this.verb = verb;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      ModelWorld world = telling().world();
      telling().witness().note("-- another process leads");
      world.takenOver();
      if (!verb.isEmpty() && Standings.rollout(world) != null) {
        world.cluster().apply(Manifests.action("takeover", verb, ""));
      }
      world.advance(before);
      telling().witness().note("-- the deposed one goes on");
      return null;
    }
  }
}
