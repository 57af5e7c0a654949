package dev.lambdarollouts.controllers.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an undisturbed telling, at which something may go wrong.
 *
 * @param at its number, from 1
 * @param aliasThere the alias of prod exists right before it
 * @param candidateThere the candidate of prod has a version
 * @param traffic the candidate of prod has traffic, and there is a stable to take it back to
 */
record Point(int at, String call, boolean aliasThere, boolean candidateThere, boolean traffic) {

  /** An undisturbed telling: its calls and its end. */
  record Told(List<Point> points, Ending ending) {}

  static Told tell(Plot plot) {
    List<Point> points = new ArrayList<>();
    Fault looks =
        new Fault(0) {
          @Override
          void counted(int number, String call) {
            points.add(of(number, call, telling().world()));
          }
        };
    Telling telling = new Telling(plot, looks);
    Ending ending = telling.undisturbed();
    return new Told(points, ending);
  }

  boolean isAws() {
    return Calls.isAws(call);
  }

  boolean isMutating() {
    return Calls.isMutating(call);
  }

  private static Point of(int number, String call, ModelWorld world) {
    AliasTarget target = world.aws().aliases().target("hello-prod:live");
    StageStatus stage = Standings.ofAlias(world, "hello-prod:live");
    boolean candidate = stage != null && stage.canaryVersion() != null;
    boolean traffic = stage != null && stage.stableVersion() != null && hasTraffic(stage, target);
    return new Point(number, call, target != null, candidate, traffic);
  }

  /** The candidate has traffic that an alarm takes back. */
  static boolean hasTraffic(@Nullable StageStatus stage, @Nullable AliasTarget target) {
    return stage != null
        && target != null
        && stage.plan() != null
        && stage.canaryVersion() != null
        && !target.weightOf(new VersionNumber(stage.canaryVersion())).isNone();
  }
}
