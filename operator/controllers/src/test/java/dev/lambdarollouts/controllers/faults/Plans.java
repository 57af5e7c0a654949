package dev.lambdarollouts.controllers.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All plans, each with the undisturbed end of its plot. */
final class Plans {
  private final List<FaultPlan> all = new ArrayList<>();
  private final Map<Plot, Ending> endings = new HashMap<>();

  Plans() {
    for (Plot plot : Plots.all()) {
      Point.Told told = Point.tell(plot);
      List<Point> points = told.points();
      endings.put(plot, told.ending());
      all.addAll(CallFaults.crashes(plot, points));
      all.addAll(CallFaults.lostReplies(plot, points));
      all.addAll(CallFaults.throttled(plot, points));
      all.addAll(CallFaults.denied(plot, points));
      all.addAll(WorldFaults.foreignWrites(plot, points));
      all.addAll(WorldFaults.alarms(plot, points));
      all.addAll(WorldFaults.downtimes(plot, points));
      all.addAll(CallerFaults.callers(plot, points));
      all.addAll(ClockFaults.clocks(plot, points));
      all.addAll(UnseenAlarms.gaps(plot, points));
      all.addAll(ClusterFaults.cluster(plot, points));
      all.addAll(ClusterFaults.leaderships(plot, points));
    }
    for (Plot plot : PipelinePlots.all()) {
      all.addAll(cutAtEveryCall(plot, told(plot)));
    }
    for (Plot plot : BesidePlots.all()) {
      List<Point> points = told(plot);
      all.addAll(cutAtEveryCall(plot, points));
      all.addAll(WorldFaults.foreignWrites(plot, points));
    }
    for (Plot plot : OtherHands.all()) {
      List<Point> points = told(plot);
      all.addAll(cutAtEveryCall(plot, points));
      if (!OtherHands.isBeforeAnyStatus(plot)) {
        all.addAll(WorldFaults.foreignWrites(plot, points));
      }
    }
    all.addAll(SpecChanges.all());
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

  Telling.Outcome run(FaultPlan plan) {
    Ending undisturbed = endings.get(plan.plot());
    // Pairs of changes have no undisturbed end; their promise does not ask for one.
    return plan.run(undisturbed == null ? Ending.NONE : undisturbed);
  }
}
