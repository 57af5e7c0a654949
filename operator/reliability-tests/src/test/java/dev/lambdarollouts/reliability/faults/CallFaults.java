package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What goes wrong with calls: the process dies at them, their replies get lost, AWS refuses. */
final class CallFaults {
  private CallFaults() {}

  /**
   * A point after a reply and before the next write is, where all between two calls happens in
   * memory, the point before the next call: the same plan. So is, for a call that only reads, the
   * point after its effect, for it has none; and the point before the call that follows it at once.
   */
  static List<FaultPlan> crashes(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    for (Point point : points) {
      for (boolean stale : new boolean[] {false, true}) {
        String cache = stale ? ", stale cache" : "";
        if (!point.isAsBefore()) {
          plans.add(crash(plot, point, "crash before" + cache, at -> new Crash(at, false, stale)));
        }
        if (point.hasEffect()) {
          plans.add(crash(plot, point, "crash after" + cache, at -> new Crash(at, true, stale)));
        }
      }
      if (point.traffic()) {
        plans.add(crash(plot, point, "crash 20 s after", CrashInTheWait::new));
      }
    }
    return plans;
  }

  private static FaultPlan crash(Plot plot, Point point, String what, IntFunction<Fault> fault) {
    return plan(Kind.CRASH, plot, point, what, fault, Promise.AS_UNDISTURBED);
  }

  /** The process dies between two calls, while a timer runs. */
  private static final class CrashInTheWait extends Fault {
    private static final Duration LATER = Duration.ofSeconds(20);

    CrashInTheWait(int at) {
      super(at);
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      telling().world().time().after(LATER, telling()::restart);
      return null;
    }

    @Override
    Duration lasts() {
      return LATER;
    }
  }

  /** The process dies, and starts again with what its cache says now, or said a while ago. */
  private static final class Crash extends Fault {
    private static final Duration BEHIND = Duration.ofSeconds(20);
    private final boolean afterEffect;
    private final boolean stale;

    Crash(int at, boolean afterEffect, boolean stale) {
      super(at);
      this.afterEffect = afterEffect;
      this.stale = stale;
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
    void happens(int scene, Runnable happening) {
      // The cache that the process will start with: rollouts as they stood at the last scene.
      happening.run();
      if (stale) {
        telling().world().cluster().keepForRestart();
      }
    }

    @Override
    void afterDeath() {
      if (stale) {
        telling().world().cluster().startFromKept();
      }
      telling().restart();
      if (stale) {
        telling()
            .world()
            .time()
            .after(
                BEHIND,
                () -> {
                  telling().world().cluster().releaseCaches();
                  telling().world().wakeAll();
                });
      }
    }
  }

  static List<FaultPlan> lostReplies(Plot plot, List<Point> points) {
    return points.stream()
        .filter(Point::isMutating)
        .map(
            point ->
                plan(
                    Kind.LOST_REPLY,
                    plot,
                    point,
                    "lost reply",
                    at -> new Replies(at, AwsFailure.Kind.UNAVAILABLE),
                    Promise.AS_UNDISTURBED))
        .toList();
  }

  /** The call has its effect, and something else is answered. */
  static final class Replies extends Fault {
    private final AwsFailure.Kind kind;

    Replies(int at, AwsFailure.Kind kind) {
      super(at);
      this.kind = kind;
    }

    @Override
    AwsFailure replied(String call) {
      return failure(kind, call);
    }
  }

  static List<FaultPlan> throttled(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    AwsFailure.Kind busy = AwsFailure.Kind.THROTTLED;
    AwsFailure.Kind away = AwsFailure.Kind.UNAVAILABLE;
    for (Point point : points.stream().filter(Point::isAws).toList()) {
      plans.add(outage(plot, point, "429 once", busy, Duration.ZERO));
      plans.add(outage(plot, point, "429 for 10 s", busy, Duration.ofSeconds(10)));
      plans.add(outage(plot, point, "429 for 5 min", busy, Duration.ofMinutes(5)));
      plans.add(outage(plot, point, "5xx once", away, Duration.ZERO));
      plans.add(outage(plot, point, "endpoint down for 1 min", away, Duration.ofMinutes(1)));
      plans.add(outage(plot, point, "endpoint down for 1 h", away, Duration.ofHours(1)));
    }
    return plans;
  }

  private static FaultPlan outage(
      Plot plot, Point point, String what, AwsFailure.Kind kind, Duration duration) {
    return plan(
        Kind.THROTTLED,
        plot,
        point,
        what,
        at -> new Outage(at, kind, duration, Calls::isAws),
        duration.compareTo(Duration.ofMinutes(30)) < 0 ? Promise.held(plot) : Promise.OR_DEADLINE);
  }

  static List<FaultPlan> denied(Plot plot, List<Point> points) {
    List<FaultPlan> plans = new ArrayList<>();
    Duration while10 = Duration.ofMinutes(10);
    for (Point point : points.stream().filter(Point::isAws).toList()) {
      plans.add(
          plan(
              Kind.DENIED,
              plot,
              point,
              "expired credentials for 10 min",
              at -> new Outage(at, AwsFailure.Kind.DENIED, while10, Calls::isAws),
              Promise.held(plot)));
      plans.add(
          plan(
              Kind.DENIED,
              plot,
              point,
              "403 to every change for 10 min",
              at -> new Outage(at, AwsFailure.Kind.DENIED, while10, Calls::isMutating),
              Promise.held(plot)));
      plans.add(
          plan(
              Kind.DENIED,
              plot,
              point,
              "403 to every read for 10 min",
              at -> new Outage(at, AwsFailure.Kind.DENIED, while10, CallFaults::isRead),
              Promise.held(plot)));
    }
    return plans;
  }

  private static boolean isRead(String call) {
    return Calls.isAws(call) && !Calls.isMutating(call);
  }

  /** Some calls are answered with a failure, from one call on for a while. */
  static final class Outage extends Fault {
    private static final Duration RETRIES = Duration.ofSeconds(65);
    private final AwsFailure.Kind kind;
    private final Duration duration;
    private final Predicate<String> which;

    /**
     * @param duration zero: that one call
     */
    Outage(int at, AwsFailure.Kind kind, Duration duration, Predicate<String> which) {
      super(at);
      this.kind = kind;
      this.duration = duration;
      this.which = which;
    }

    @Override
    @Nullable AwsFailure begins(String call) {
      return which.test(call) ? failure(kind, call) : null;
    }

    @Override
    @Nullable AwsFailure meanwhile(String call, Duration age) {
      return which.test(call) && age.compareTo(duration) < 0 ? failure(kind, call) : null;
    }

    @Override
    Duration lasts() {
      // What failed last is tried again within a minute.
      Duration all = duration.plus(RETRIES);
      Duration age = age();
      if (age == null) {
        return all;
      }
      return age.compareTo(all) > 0 ? Duration.ZERO : all.minus(age);
    }
  }

  static FaultPlan plan(
      Kind kind, Plot plot, Point point, String what, IntFunction<Fault> fault, Promise promise) {
    return new FaultPlan(kind, plot, what, point.at(), point.call(), fault, promise);
  }
}
