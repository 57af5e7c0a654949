package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Instant;
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
 * @param before the call before, where it was made at the very same moment and no poll came between
 */
record Point(
    int at,
    String call,
    boolean aliasThere,
    boolean candidateThere,
    boolean traffic,
    @Nullable Point before) {

  /** An undisturbed telling: its calls and its end. */
  record Told(List<Point> points, Ending ending) {}

  static Told tell(Plot plot) {
    List<Point> points = new ArrayList<>();
    Fault looks =
        new Fault(0) {
          private Instant last = Instant.MIN;
          private int polls;

          @Override
          void counted(int number, String call) {
            ModelWorld world = telling().world();
            boolean same = world.time().truly().equals(last) && polls == world.aws().polls();
            points.add(of(number, call, world, same ? points.getLast() : null));
            last = world.time().truly();
            polls = world.aws().polls();
          }
        };
    Telling telling = new Telling(plot, looks, true);
    Ending ending = telling.undisturbed();
    return new Told(points, ending);
  }

  /** Without what came before it, and before that. */
  private Point alone() {
    return new Point(at, call, aliasThere, candidateThere, traffic, null);
  }

  boolean isAws() {
    return Calls.isAws(call);
  }

  /** In AWS or in the cluster. */
  boolean hasEffect() {
    return isAws() ? isMutating() : !call.startsWith("Get");
  }

  boolean isMutating() {
    return Calls.isMutating(call);
  }

  /** Nothing has become another since the call before: neither the world nor the time. */
  boolean isAsBefore() {
    return before != null && !before.hasEffect();
  }

  /** What stands in the cluster, and the time, are as at the call before. */
  boolean isAsBeforeInTheCluster() {
    return before != null && (before.isAws() || !before.hasEffect());
  }

  private static Point of(int number, String call, ModelWorld world, @Nullable Point before) {
    AliasTarget target = world.aws().aliases().target("hello-prod:live");
    StageStatus stage = Standings.ofAlias(world, "hello-prod:live");
    boolean candidate = stage != null && stage.canaryVersion() != null;
    boolean traffic = stage != null && stage.stableVersion() != null && hasTraffic(stage, target);
    return new Point(
        number, call, target != null, candidate, traffic, before == null ? null : before.alone());
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
