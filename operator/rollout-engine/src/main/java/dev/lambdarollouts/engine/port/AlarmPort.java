package dev.lambdarollouts.engine.port;

import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Alarms in the account and region of one stage, polled for all running rollouts together. */
public interface AlarmPort {

  /**
   * Says which alarms a watcher (a stage of a rollout) needs from now on; an empty set ends it.
   * {@code onChange} is called when a state among them changed, when one cannot be read or can
   * again, when one turned stale or fresh again; it must be short.
   */
  void watch(String watcher, Set<String> names, Runnable onChange);

  /**
   * The newest samples, one per name in the given order; {@link AlarmSample#never} for what was not
   * polled yet.
   */
  List<AlarmSample> samples(Collection<String> names);

  /**
   * Looks up the history of an alarm from a moment on and keeps what it finds in later samples
   * ({@code historyFrom}, {@code firedByHistory}). Without effect when AWS does not answer: the
   * sample stays without history.
   */
  void lookUpHistory(String name, Instant from);
}
