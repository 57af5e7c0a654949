package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ALARM takes the traffic back, as soon as anything lets it; api.md, invariant 2. */
final class AlarmWatch {
  /**
   * From the moment that nothing fails any more: a poll and a try are each five seconds after the
   * last at most.
   */
  private static final Duration LATEST = Duration.ofSeconds(15);

  /** JOSDK's retries when the API server fails are a minute apart at most. */
  private static final Duration RETRIES = Duration.ofSeconds(60);

  private static final Set<StagePhase> NOT_YET_OR_NO_MORE =
      Set.of(
          StagePhase.PENDING,
          StagePhase.DEPLOYING,
          StagePhase.PRE_TRAFFIC,
          StagePhase.SUCCEEDED,
          StagePhase.ROLLED_BACK,
          StagePhase.FAILED);

  private final ModelWorld world;
  private @Nullable Instant since;
  private Instant failedAt;

  AlarmWatch(ModelWorld world) {
    this.world = world;
    this.failedAt = world.time().truly();
  }

  void failed(String call) {
    Instant now = world.time().truly();
    failedAt = Calls.isAws(call) ? now : now.plus(RETRIES);
  }

  void restarted() {
    since = null;
    failedAt = world.time().truly();
  }

  void moved() {
    since = null;
  }

  /** What is overdue; absent when nothing is. */
  @Nullable String late() {
    String alias =
        world.aws().aliases().names().stream().filter(this::isToGoBack).findFirst().orElse(null);
    Instant now = world.time().truly();
    if (alias == null || world.cluster().isBehind()) {
      since = null;
      return null;
    }
    if (since == null) {
      since = now;
    }
    Instant from = since.isAfter(failedAt) ? since : failedAt;
    if (Duration.between(from, now).compareTo(LATEST) <= 0) {
      return null;
    }
    since = now;
    return "2: the alarm of "
        + alias
        + " is in ALARM, nothing fails, and the candidate still has traffic";
  }

  private boolean isToGoBack(String alias) {
    String alarm = alias.substring(0, alias.indexOf(':')) + "-errors";
    StageStatus stage = Standings.ofAlias(world, alias);
    AliasTarget target = world.aws().aliases().target(alias);
    return stage != null
        && target != null
        && stage.stableVersion() != null
        && stage.canaryVersion() != null
        && !NOT_YET_OR_NO_MORE.contains(stage.phase())
        && world.aws().alarms().fires(alarm)
        && !target.weightOf(new VersionNumber(stage.canaryVersion())).isNone();
  }
}
