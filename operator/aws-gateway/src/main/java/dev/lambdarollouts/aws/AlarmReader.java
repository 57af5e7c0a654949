package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AlarmSample.State;
import dev.lambdarollouts.engine.port.AwsReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the watcher asks CloudWatch. */
interface AlarmReader {
  /** So many names DescribeAlarms takes at most. */
  int NAMES = 100;

  /**
   * The alarms of these names, at most {@link #NAMES}; a name that is not in the answer has no
   * alarm.
   */
  AwsReply<Map<String, Reported>> describe(List<String> names);

  /**
   * The newest moment since {@code from} at which the alarm went into ALARM or left it by its
   * history, by AWS' clock; empty when its history has none.
   */
  AwsReply<Optional<Instant>> lastFired(String name, Instant from);

  /**
   * One alarm as described.
   *
   * @param transitionedAt the last change of its state; absent when AWS does not say
   */
  record Reported(State state, @Nullable Instant transitionedAt) {}
}
