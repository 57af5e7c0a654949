package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.plan.AlarmPolicy.OnPollFailure;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that fires while the candidate has, or may have, traffic takes it all back: paused or
 * not, valid or not.
 */
final class UnhealthyRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!progress.phase().mayHaveTraffic() || !situation.candidateMayHaveTraffic()) {
      return null;
    }
    AlarmHealth alarms = situation.alarms();
    if (!alarms.firing().isEmpty()) {
      AlarmHealth.Firing first = alarms.firing().getFirst();
      return reject(situation, new Cause(Cause.Type.ALARM, first.name(), first.why()));
    }
    if (!alarms.unknown().isEmpty() && dataAreOverdue(situation)) {
      return reject(situation, new Cause(Cause.Type.ALARM_DATA, null, alarms.why()));
    }
    return null;
  }

  private static Step reject(Situation situation, Cause cause) {
    Progress next = Attempt.reject(situation, cause);
    return Step.become(next, cause.message());
  }

  /**
   * Under Rollback; a leader that has just started gets as long as a sample may be old for its
   * first poll.
   */
  private static boolean dataAreOverdue(Situation situation) {
    Plan plan = situation.progress().plan();
    if (plan == null || plan.alarmPolicy().onPollFailure() != OnPollFailure.ROLLBACK) {
      return false;
    }
    Instant firstOverdue = situation.seen().leaderSince().plus(plan.alarmPolicy().maxStaleness());
    return situation.seen().at().isAfter(firstOverdue);
  }
}
