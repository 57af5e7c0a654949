package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelAws;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that starts and is not told who it is, may not ask, or is somebody else. */
final class CallerFaults {
  private static final String ALIAS = "hello-prod:live";
  private static final String CALLER = "GetCallerIdentity";
  private static final Duration OUTAGE = Duration.ofMinutes(10);

  /** What failed last is tried again within a minute. */
  private static final Duration RETRIES = Duration.ofSeconds(65);

  private CallerFaults() {}

  static List<FaultPlan> callers(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      if (point.traffic()) {
        plans.add(
            CallFaults.plan(
                Kind.CALLER,
                plot,
                point,
                "STS out after a restart, alarm fires",
                NobodySaysWho::new,
                Promise.AN_END));
      }
      if (point.isAws()) {
        plans.add(
            CallFaults.plan(
                Kind.CALLER,
                plot,
                point,
                "AssumeRole refused for 10 min from a restart on",
                MayNotAsk::new,
                Promise.held(plot)));
        plans.add(
            CallFaults.plan(
                Kind.CALLER,
                plot,
                point,
                "another account's credentials for 10 min from a restart to the next",
                SomebodyElse::new,
                Promise.held(plot)));
      }
    }
    return plans;
  }

  /** The process dies, and the next one is refused the role. */
  private static final class MayNotAsk extends Fault {
    MayNotAsk(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      throw new Death();
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      return call.equals(CALLER) && age.compareTo(OUTAGE) < 0
          ? failure(AwsFailure.Kind.DENIED, call)
          : null;
    }

    @Override
    Duration lasts() {
      return OUTAGE.plus(RETRIES);
    }
  }

  /** The process dies, and the next one has got the credentials of another account. */
  private static final class SomebodyElse extends Fault {
    SomebodyElse(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      throw new Death();
    }

    @Override
    void afterDeath() {
      ModelWorld world = telling().world();
      world.aws().credentialsOf("999988887777");
      telling().restart();
      world.aws().forgetCalls();
      world.advance(OUTAGE);
      List<String> made = world.aws().calls().stream().filter(one -> !one.equals(CALLER)).toList();
      if (!made.isEmpty()) {
        telling().witness().broken("calls with another account's credentials: " + made);
      }
      world.aws().credentialsOf(ModelAws.ACCOUNT);
      telling().restart();
    }
  }

  /** STS alone does not answer from a restart on; an alarm fires meanwhile and recovers. */
  private static final class NobodySaysWho extends Fault {
    /** The tries of what waits for STS are far apart by then. */
    private static final Duration UNTIL_ALARM = Duration.ofMinutes(2);

    NobodySaysWho(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      throw new Death();
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      return call.equals(CALLER) && age.compareTo(OUTAGE) < 0
          ? failure(AwsFailure.Kind.UNAVAILABLE, call)
          : null;
    }

    @Override
    void afterDeath() {
      ModelWorld world = telling().world();
      telling().restart();
      world.advance(UNTIL_ALARM);
      StageStatus stage = Standings.ofAlias(world, ALIAS);
      boolean traffic = Point.hasTraffic(stage, world.aws().aliases().target(ALIAS));
      telling().witness().note("-- the alarm fires");
      world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
      world.advance(Duration.ofSeconds(20));
      if (traffic && stage != null && stage.stableVersion() != null) {
        telling().witness().isTakenBack(ALIAS, stage);
      }
      world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    }

    @Override
    Duration lasts() {
      return OUTAGE;
    }
  }
}
