package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * AWS' own limits on calls of one account and region, past which it answers 429. Lambda: 15 a
 * second for the control plane, 100 for GetFunction; CloudWatch: 9 a second for DescribeAlarms.
 */
final class Quota {
  static final Quota NONE = new Quota(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final Pool control;
  private final Pool getFunction;
  private final Pool alarms;

  private Quota(int control, int getFunction, int alarms) {
    this.control = new Pool(control);
    this.getFunction = new Pool(getFunction);
    this.alarms = new Pool(alarms);
  }

  static Quota ofAws() {
    return new Quota(15, 100, 9);
  }

  /** Counts a call, or refuses it. */
  @Nullable AwsFailure asked(String call, Instant at) {
    Pool pool =
        switch (call) {
          case "GetFunction" -> getFunction;
          case "DescribeAlarms", "DescribeAlarmHistory" -> alarms;
          default -> control;
        };
    return pool.takes(at) ? null : new AwsFailure(AwsFailure.Kind.THROTTLED, call, "Rate exceeded");
  }

  /** So many calls in any second. */
  private static final class Pool {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final int most;
    private final Deque<Instant> taken = new ArrayDeque<>();

    Pool(int most) {
      this.most = most;
    }

    boolean takes(Instant at) {
      if (most == Integer.MAX_VALUE) {
        return true;
      }
      while (!taken.isEmpty() && !taken.element().plus(WINDOW).isAfter(at)) {
        taken.remove();
      }
      return taken.size() < most && taken.add(at);
    }
  }
}
