package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.plan.AlarmPolicy.OnPollFailure;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is not known for certain is not acted on: no gate opens, no timer ends, no step is taken.
 */
final class UnknownHoldsRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (progress.phase() != StagePhase.PRE_TRAFFIC
        && progress.phase() != StagePhase.AWAITING_APPROVAL
        && !progress.phase().mayHaveTraffic()) {
      return null;
    }
    switch (situation.seen().alias()) {
      case AliasFact.NotRead notRead -> {
        return Step.act(new Decision.ReadAlias(), progress, "looks where the alias is");
      }
      case AliasFact.Unknown(var failure) -> {
        return Step.hold(progress, "holds: cannot see where the alias is (" + failure + ")");
      }
      case AliasFact.Missing missing -> {}
      case AliasFact.Present present -> {}
    }
    AlarmHealth alarms = situation.alarms();
    if (alarms.unknown().isEmpty() && alarms.waiting().isEmpty()) {
      return null;
    }
    return new Step(
        new Decision.Hold(), progress, "holds: " + alarms.why(), overdueAt(situation), null);
  }

  /**
   * Under Rollback staleness itself is due at a moment; elsewhere only a new sample changes
   * anything.
   */
  private static @Nullable Instant overdueAt(Situation situation) {
    Plan plan = situation.progress().plan();
    if (plan == null || plan.alarmPolicy().onPollFailure() != OnPollFailure.ROLLBACK) {
      return null;
    }
    Instant leader = situation.seen().leaderSince();
    Instant oldest =
        situation.seen().alarms().stream()
            .map(AlarmSample::sampledAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(leader);
    Instant from = oldest.isAfter(leader) ? oldest : leader;
    return from.plus(plan.alarmPolicy().maxStaleness()).plusSeconds(1);
  }
}
