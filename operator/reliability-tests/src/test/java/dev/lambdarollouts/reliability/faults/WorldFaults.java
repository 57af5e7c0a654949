package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelAliases;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What other people, alarms and time do meanwhile. */
final class WorldFaults {
  private static final String FUNCTION = "hello-prod";
  private static final String ALIAS = "live";

  private WorldFaults() {}

  static List<FaultPlan> foreignWrites(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      if (point.call().equals("UpdateAlias") || point.call().equals("CreateAlias")) {
        plans.add(
            CallFaults.plan(
                Kind.FOREIGN_WRITE,
                plot,
                point,
                "412 after our own write",
                at -> new CallFaults.Replies(at, AwsFailure.Kind.CONFLICT),
                Promise.AS_UNDISTURBED));
      }
      if (point.aliasThere()) {
        plans.add(foreign(plot, point, Move.TOUCH));
        plans.add(foreign(plot, point, Move.ANOTHER_VERSION));
      }
      if (point.aliasThere() && point.candidateThere()) {
        plans.add(foreign(plot, point, Move.ONE_PERCENT));
      }
      if (point.traffic()) {
        plans.add(foreign(plot, point, Move.BACK_TO_STABLE));
      }
    }
    return plans;
  }

  private enum Move {
    TOUCH("foreign write that moves nothing"),
    ANOTHER_VERSION("foreign move to a version of their own"),
    ONE_PERCENT("foreign move to 1%"),
    BACK_TO_STABLE("foreign move back to stable");

    private final String text;

    Move(String text) {
      this.text = text;
    }
  }

  private static FaultPlan foreign(Plot plot, Point point, Move move) {
    return CallFaults.plan(
        Kind.FOREIGN_WRITE,
        plot,
        point,
        move.text,
        at -> new Foreign(at, move, plot.goesBack()),
        move == Move.TOUCH ? Promise.AS_UNDISTURBED : Promise.AN_END_OR_DRIFT);
  }

  /** Somebody else writes the alias right before a call of ours. */
  private static final class Foreign extends Fault {
    private final Move move;
    private final boolean goesBack;

    Foreign(int at, Move move, boolean goesBack) {
      super(at);
      this.move = move;
      this.goesBack = goesBack;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      ModelWorld world = telling().world();
      ModelAliases aliases = world.aws().aliases();
      // None yet where others made the alias before the rollout came.
      StageStatus stage = Standings.ofAlias(world, FUNCTION + ":" + ALIAS);
      VersionNumber stable = version(stage == null ? null : stage.stableVersion(), "1");
      switch (move) {
        case TOUCH -> aliases.touch(FUNCTION, ALIAS);
        case ANOTHER_VERSION -> {
          world.aws().functions().deployedByHand(FUNCTION);
          String own = world.aws().functions().versions(FUNCTION).getLast();
          moves(AliasTarget.only(new VersionNumber(own)));
        }
        case ONE_PERCENT ->
            moves(
                AliasTarget.split(
                    stable,
                    version(stage == null ? null : stage.canaryVersion(), "1"),
                    Weight.ofPercent(1)));
        case BACK_TO_STABLE -> {
          aliases.move(FUNCTION, ALIAS, AliasTarget.only(stable));
          telling().witness().takenBackByHand(Objects.requireNonNull(stage));
        }
      }
      return null;
    }

    private void moves(AliasTarget target) {
      telling().world().aws().aliases().move(FUNCTION, ALIAS, target);
      telling().witness().foreign(FUNCTION + ":" + ALIAS, goesBack);
    }

    /** Where nothing is under way it is seen by the next drift check. */
    @Override
    Duration lasts() {
      return Duration.ofMinutes(35);
    }

    private static VersionNumber version(@Nullable String number, String otherwise) {
      return new VersionNumber(number == null ? otherwise : number);
    }
  }

  static List<FaultPlan> alarms(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      if (point.before() != null) {
        // No poll came between, and no time passed: the same polls fail.
        continue;
      }
      plans.add(alarms(plot, point, "an alarm left out of one answer", LeavesOut::new));
      for (int minutes : new int[] {1, 10}) {
        plans.add(
            alarms(
                plot,
                point,
                "no DescribeAlarms for " + minutes + " min",
                at -> new Blind(at, Duration.ofMinutes(minutes))));
      }
      plans.add(alarms(plot, point, "DescribeAlarms late by 90 s", at -> new Late(at)));
    }
    return plans;
  }

  private static FaultPlan alarms(Plot plot, Point point, String what, IntFunction<Fault> fault) {
    return CallFaults.plan(Kind.ALARMS, plot, point, what, fault, Promise.held(plot));
  }

  /** One answer says nothing of the alarms. */
  private static final class LeavesOut extends Fault {
    private int polls;

    LeavesOut(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      if (Calls.isPoll(call)) {
        polls++;
        telling()
            .world()
            .aws()
            .alarms()
            .leaveOut(polls == 1 ? Set.of("hello-prod-errors", "hello-dev-errors") : Set.of());
      }
      return null;
    }
  }

  /** Polls fail for a while. */
  static class Blind extends Fault {
    private final Duration duration;

    Blind(int at, Duration duration) {
      super(at);
      this.duration = duration;
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      return Calls.isPoll(call) && age.compareTo(duration) < 0
          ? failure(AwsFailure.Kind.UNAVAILABLE, call)
          : null;
    }

    @Override
    Duration lasts() {
      return duration;
    }
  }

  /** Answers say what was so when they were asked for, and arrive later than they may be old. */
  private static final class Late extends Fault {
    private static final Duration BY = Duration.ofSeconds(90);

    Late(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      telling().world().aws().alarms().answerLate(BY);
      telling().world().time().after(Duration.ofMinutes(5), this::inTime);
      return null;
    }

    private void inTime() {
      telling().world().aws().alarms().answerLate(Duration.ZERO);
    }

    @Override
    Duration lasts() {
      return Duration.ofMinutes(8);
    }
  }

  static List<FaultPlan> downtimes(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      for (boolean after : new boolean[] {false, true}) {
        if (after ? !point.hasEffect() : point.isAsBefore()) {
          continue;
        }
        plans.add(
            CallFaults.plan(
                Kind.DOWNTIME,
                plot,
                point,
                "down for 3 h " + (after ? "after" : "before"),
                at -> new Downtime(at, after),
                Promise.AN_END));
      }
    }
    return plans;
  }

  /** Nobody is there for three hours; an alarm fires and recovers meanwhile. */
  private static final class Downtime extends Fault {
    private static final Duration HOUR = Duration.ofHours(1);
    private final boolean afterEffect;

    Downtime(int at, boolean afterEffect) {
      super(at);
      this.afterEffect = afterEffect;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      if (!afterEffect) {
        throw new Death();
      }
      return null;
    }

    @Override
    @Nullable AwsFailure replied(String call) {
      throw new Death();
    }

    @Override
    void afterDeath() {
      ModelWorld world = telling().world();
      StageStatus stage = Standings.ofAlias(world, FUNCTION + ":" + ALIAS);
      boolean traffic = Point.hasTraffic(stage, world.aws().aliases().target(FUNCTION, ALIAS));
      telling().witness().note("-- nobody for three hours");
      world.sleep(HOUR);
      world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
      world.sleep(HOUR);
      world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
      world.sleep(HOUR);
      telling().restart();
      if (traffic && stage != null) {
        world.advance(Duration.ofSeconds(20));
        if (stage.stableVersion() != null) {
          telling().witness().isTakenBack(FUNCTION + ":" + ALIAS, stage);
        }
      }
    }
  }
}
