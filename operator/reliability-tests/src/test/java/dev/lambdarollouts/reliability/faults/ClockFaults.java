package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clocks that jump, and clocks that differ: one process' from the next one's, and from AWS'. */
final class ClockFaults {
  private ClockFaults() {}

  static List<FaultPlan> clocks(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      for (int hours : new int[] {1, -1}) {
        String where = hours > 0 ? "an hour forward" : "an hour back";
        plans.add(
            CallFaults.plan(
                Kind.CLOCK,
                plot,
                point,
                "clock jumps " + where,
                at -> new Jump(at, hours, Duration.ZERO),
                hours > 0 ? Promise.OR_DEADLINE : Promise.AS_UNDISTURBED));
      }
      plans.add(
          CallFaults.plan(
              Kind.CLOCK,
              plot,
              point,
              "clock jumps an hour back and no DescribeAlarms for 10 min",
              at -> new Jump(at, -1, Duration.ofMinutes(10)),
              Promise.held(plot)));
      if (point.traffic()) {
        plans.add(
            CallFaults.plan(
                Kind.CLOCK,
                plot,
                point,
                "clock jumps an hour back, no DescribeAlarms for 10 min, an alarm meanwhile",
                at -> new Jump(at, -1, Duration.ofMinutes(10)).withAlarm(),
                Promise.AN_END));
        for (int seconds : new int[] {-60, -290, 60, 290}) {
          plans.add(
              CallFaults.plan(
                  Kind.CLOCK,
                  plot,
                  point,
                  "down for 35 s, an alarm meanwhile, the next clock " + seconds + " s off",
                  at -> new Skewed(at, Duration.ofSeconds(seconds)),
                  Promise.AN_END));
        }
      }
    }
    return plans;
  }

  /** The operator's clock is set by so many hours. */
  private static final class Jump extends WorldFaults.Blind {
    private final int hours;
    private boolean alarm;

    Jump(int at, int hours, Duration blind) {
      super(at, blind);
      this.hours = hours;
    }

    /** It fires and recovers while nobody can see it. */
    Jump withAlarm() {
      alarm = true;
      return this;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      telling().witness().note("-- the clock jumps");
      ModelWorld world = telling().world();
      world.time().jump(Duration.ofHours(hours));
      if (alarm) {
        world.time().after(Duration.ofMinutes(3), () -> set(world, AlarmSample.State.ALARM));
        world.time().after(Duration.ofMinutes(4), () -> set(world, AlarmSample.State.OK));
      }
      return null;
    }
  }

  private static void set(ModelWorld world, AlarmSample.State state) {
    world.aws().alarms().set("hello-prod-errors", state);
  }

  /**
   * The process dies, an alarm fires and recovers before the next one is there, whose clock is off.
   */
  private static final class Skewed extends Fault {
    private static final String ALIAS = "hello-prod:live";
    private final Duration off;

    Skewed(int at, Duration off) {
      super(at);
      this.off = off;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      throw new Death();
    }

    @Override
    void afterDeath() {
      ModelWorld world = telling().world();
      StageStatus stage = Standings.ofAlias(world, ALIAS);
      world.sleep(Duration.ofSeconds(10));
      set(world, AlarmSample.State.ALARM);
      world.sleep(Duration.ofSeconds(20));
      set(world, AlarmSample.State.OK);
      world.sleep(Duration.ofSeconds(5));
      world.time().jump(off);
      telling().restart();
      world.advance(Duration.ofSeconds(20));
      if (stage != null && stage.stableVersion() != null) {
        telling().witness().isTakenBack(ALIAS, stage);
      }
    }
  }
}
