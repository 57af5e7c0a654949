package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Polls break off in one process, and an alarm fires and recovers where nobody can see it; all by a
 * clock that is right, or not that of AWS.
 */
final class UnseenAlarms {
  private static final String ALIAS = "hello-prod:live";
  private static final Duration GAP = Duration.ofSeconds(90);
  private static final int[] OFF = {0, 30, -30, 300, -300};

  private UnseenAlarms() {}

  static List<FaultPlan> gaps(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      for (int off : OFF) {
        if (point.traffic()) {
          plans.add(plan(plot, point, "an alarm in a gap of polling", off, Unseen::new));
        } else if (plot.name().equals("canary") && !point.candidateThere()) {
          plans.add(plan(plot, point, "an alarm before traffic, a gap after", off, Before::new));
        }
      }
      if (point.traffic()) {
        plans.add(
            plan(
                plot,
                point,
                "an alarm in a gap of polling, its history refused for 2 min more",
                0,
                at ->
                    new Together(
                        at,
                        new Unseen(at, Duration.ofMinutes(3)),
                        new CallFaults.Outage(
                            at,
                            AwsFailure.Kind.THROTTLED,
                            GAP.plusMinutes(2),
                            call -> call.equals("DescribeAlarmHistory")))));
      }
    }
    return plans;
  }

  private static FaultPlan plan(
      Plot plot, Point point, String what, int off, IntFunction<Fault> fault) {
    String clock = off == 0 ? "" : ", the clock " + off + " s off";
    return CallFaults.plan(
        Kind.UNSEEN,
        plot,
        point,
        what + clock,
        at -> new Together(at, new ClockOff(at, Duration.ofSeconds(off)), fault.apply(at)),
        what.startsWith("an alarm before") ? Promise.held(plot) : Promise.AN_END);
  }

  private static void set(ModelWorld world, AlarmSample.State state) {
    world.aws().alarms().set("hello-prod-errors", state);
  }

  /** The operator's clock is not AWS', from before the story on. */
  private static final class ClockOff extends Fault {
    private final Duration off;

    ClockOff(int at, Duration off) {
      super(at);
      this.off = off;
    }

    @Override
    void opens() {
      telling().world().time().jump(off);
    }
  }

  /** Polls fail for a while; the alarm fires and recovers in it. */
  private static final class Unseen extends WorldFaults.Blind {
    private static final Duration FIRES = Duration.ofSeconds(10);
    private static final Duration RECOVERS = Duration.ofSeconds(20);
    private final Duration judged;
    private @Nullable StageStatus hit;

    Unseen(int at) {
      this(at, Duration.ofSeconds(20));
    }

    /**
     * @param judged how long after the gap the traffic must be back
     */
    Unseen(int at, Duration judged) {
      super(at, GAP);
      this.judged = GAP.plus(judged);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      ModelWorld world = telling().world();
      world.time().after(FIRES, this::fires);
      world.time().after(RECOVERS, () -> set(world, AlarmSample.State.OK));
      world.time().after(judged, this::judge);
      return null;
    }

    private void fires() {
      ModelWorld world = telling().world();
      telling().witness().note("-- the alarm fires");
      set(world, AlarmSample.State.ALARM);
      StageStatus stage = Standings.ofAlias(world, ALIAS);
      hit = Point.hasTraffic(stage, world.aws().aliases().target(ALIAS)) ? stage : null;
    }

    /** What was promoted on the last good samples has ended. */
    private void judge() {
      StageStatus stage = Standings.ofAlias(telling().world(), ALIAS);
      boolean ended =
          stage != null
              && (stage.phase() == StagePhase.SUCCEEDED
                  || (hit != null && !Objects.equals(stage.attempt(), hit.attempt())));
      if (hit != null && hit.stableVersion() != null && !ended) {
        telling().witness().isTakenBack(ALIAS, hit);
      }
    }

    @Override
    Duration lasts() {
      return judged;
    }
  }

  /** The alarm fires and recovers before there is a candidate; polls fail once that has traffic. */
  private static final class Before extends Fault {
    private @Nullable Instant blindSince;

    Before(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      ModelWorld world = telling().world();
      set(world, AlarmSample.State.ALARM);
      world.time().after(Duration.ofSeconds(5), () -> set(world, AlarmSample.State.OK));
      return null;
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      Instant now = telling().world().time().truly();
      if (blindSince == null && Plots.isOnTen(telling().world())) {
        blindSince = now;
      }
      return Calls.isPoll(call)
              && blindSince != null
              && Duration.between(blindSince, now).compareTo(GAP) < 0
          ? failure(AwsFailure.Kind.UNAVAILABLE, call)
          : null;
    }
  }
}
