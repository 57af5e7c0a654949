package dev.lambdarollouts.reliability.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All plans, each with the undisturbed end of its plot. The main job ({@link Plots#all}) is told
 * under every kind of fault; what stands around it is cut at every call.
 */
final class Plans {
  /** Of the faults that differ by how long they last, a story around the main job has these. */
  private static final Set<String> OUTAGES = Set.of("429 once", "endpoint down for 1 min");

  private final List<FaultPlan> all = new ArrayList<>();
  private final Map<Plot, Ending> endings = new HashMap<>();
  private final boolean every;

  /**
   * @param every the stories around the main job too with stale caches, outages of every length,
   *     refusals, alarms that are not told, and what goes wrong in the cluster; somebody else at
   *     the alias where one rollout has a status from the beginning
   */
  Plans(boolean every) {
    this.every = every;
    for (Plot plot : Plots.all()) {
      Point.Told told = Point.tell(plot);
      List<Point> points = told.points();
      endings.put(plot, told.ending());
      all.addAll(cutAtEveryCall(plot, points));
      all.addAll(WorldFaults.foreignWrites(plot, points));
      all.addAll(refusedOrUnheard(plot, points));
      all.addAll(WorldFaults.downtimes(plot, points));
      all.addAll(CallerFaults.callers(plot, points));
      all.addAll(ClockFaults.clocks(plot, points));
      all.addAll(UnseenAlarms.gaps(plot, points));
    }
    PipelinePlots.all().forEach(plot -> around(plot, told(plot), false));
    PeoplePlots.all().forEach(plot -> around(plot, told(plot), every));
    BesidePlots.all().forEach(plot -> around(plot, told(plot), every));
    OtherHands.all().forEach(plot -> around(plot, told(plot), !OtherHands.isBeforeAnyStatus(plot)));
    all.addAll(SpecChanges.all());
  }

  private void around(Plot plot, List<Point> points, boolean foreignWrites) {
    cutAtEveryCall(plot, points).stream().filter(this::isTold).forEach(all::add);
    if (foreignWrites) {
      all.addAll(WorldFaults.foreignWrites(plot, points));
    }
    if (every) {
      all.addAll(refusedOrUnheard(plot, points));
    }
  }

  private static List<FaultPlan> refusedOrUnheard(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>(CallFaults.denied(plot, points));
    plans.addAll(WorldFaults.alarms(plot, points));
    plans.addAll(ClusterFaults.cluster(plot, points));
    return plans;
  }

  private boolean isTold(FaultPlan plan) {
    return every
        || switch (plan.kind()) {
          case CRASH -> !plan.what().endsWith("stale cache");
          case THROTTLED -> OUTAGES.contains(plan.what());
          default -> true;
        };
  }

  private List<Point> told(Plot plot) {
    Point.Told told = Point.tell(plot);
    endings.put(plot, told.ending());
    return told.points();
  }

  /** What every plot has to survive. */
  private static List<FaultPlan> cutAtEveryCall(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>(CallFaults.crashes(plot, points));
    plans.addAll(CallFaults.lostReplies(plot, points));
    plans.addAll(CallFaults.throttled(plot, points));
    plans.addAll(ClusterFaults.leaderships(plot, points));
    return plans;
  }

  List<FaultPlan> of(Kind kind) {
    return all.stream().filter(plan -> plan.kind() == kind).toList();
  }

  /** Every call at which something goes wrong in some plan. */
  Set<String> calls() {
    return all.stream().map(FaultPlan::call).collect(Collectors.toSet());
  }

  /** The plan with this text. */
  FaultPlan named(String text) {
    return all.stream()
        .filter(plan -> plan.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no plan '" + text + "'; one of them is '" + all.getFirst() + "'"));
  }

  /** What is wrong; nothing when all is well. */
  List<String> violations(FaultPlan plan) {
    return run(plan, false).violations();
  }

  /** How it goes, with every call. */
  Telling.Outcome traced(FaultPlan plan) {
    return run(plan, true);
  }

  private Telling.Outcome run(FaultPlan plan, boolean traced) {
    Ending undisturbed = endings.get(plan.plot());
    // Pairs of changes have no undisturbed end; their promise does not ask for one.
    return plan.run(undisturbed == null ? Ending.NONE : undisturbed, traced);
  }
}
