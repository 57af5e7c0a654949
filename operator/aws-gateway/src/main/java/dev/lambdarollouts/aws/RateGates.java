package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.TimeSource;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The buckets of one account and region, one for each group of APIs. */
final class RateGates {
  /**
   * How long a call may wait for its turn: what it was decided on is older than that then, and
   * deciding anew is better.
   */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Api.Group, RateGate> gates = new EnumMap<>(Api.Group.class);

  RateGates(TimeSource time, Quotas quotas) {
    gates.put(Api.Group.GET_FUNCTION, new RateGate(time, quotas.getFunction(), PATIENCE));
    gates.put(Api.Group.LAMBDA, new RateGate(time, quotas.lambda(), PATIENCE));
    gates.put(Api.Group.DESCRIBE_ALARMS, new RateGate(time, quotas.describeAlarms(), PATIENCE));
    gates.put(
        Api.Group.DESCRIBE_ALARM_HISTORY,
        new RateGate(time, quotas.describeAlarmHistory(), PATIENCE));
  }

  /**
   * Takes a token for a call.
   *
   * @return false when it had to wait too long
   */
  boolean enter(Api api, Urgency urgency) throws InterruptedException {
    RateGate gate = gates.get(api.group());
    return gate == null || gate.enter(urgency);
  }
}
