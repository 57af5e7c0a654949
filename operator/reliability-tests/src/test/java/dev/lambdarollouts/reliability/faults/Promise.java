package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AliasTarget;
import org.jspecify.annotations.Nullable;

/** What must hold at the end of a telling, by api.md. */
enum Promise {
  /** As if nothing had gone wrong. */
  AS_UNDISTURBED,

  /**
   * As if nothing had gone wrong, but a weight may have been given that an alarm would have
   * prevented had it been known: what was polled last holds for {@code maxStaleness}.
   */
  BUT_WEIGHTS,

  /**
   * As if nothing had gone wrong; or, where it lasted longer than {@code progressDeadline} (its
   * default is half an hour), the release is rejected for that, and stable serves.
   */
  OR_DEADLINE,

  /** An end of its own, reached by the invariants alone: every alias on what is recorded. */
  AN_END,

  /** Every stage stands on what is desired. */
  HEALTHY,

  /** A person has to come, or an end: what somebody else set is looked after by the witness. */
  AN_END_OR_DRIFT;

  /** What holds where alarms may be unknown for a while. */
  static Promise held(Plot plot) {
    return plot.goesBack() ? BUT_WEIGHTS : AS_UNDISTURBED;
  }

  /** What is broken; absent when it is kept. */
  @Nullable String broken(Ending undisturbed, Telling telling) {
    ModelWorld world = telling.world();
    Ending ending = Ending.of(world);
    return switch (this) {
      case AS_UNDISTURBED -> differs(undisturbed, ending);
      case BUT_WEIGHTS -> differs(undisturbed.withoutMoves(), ending.withoutMoves());
      case OR_DEADLINE ->
          telling.witness().sawDeadline() ? notOnStable(world) : differs(undisturbed, ending);
      case AN_END -> notOnStable(world);
      case HEALTHY -> notHealthy(world);
      case AN_END_OR_DRIFT -> null;
    };
  }

  private static @Nullable String differs(Ending undisturbed, Ending ending) {
    return ending.equals(undisturbed)
        ? null
        : "it ends otherwise:\n      found    " + ending + "\n      expected " + undisturbed;
  }

  private static @Nullable String notHealthy(ModelWorld world) {
    LambdaRolloutStatus status = Standings.status(Standings.rollout(world));
    return status == null || status.phase() != RolloutPhase.HEALTHY
        ? "it is not Healthy: " + (status == null ? "no status" : status.message())
        : notOnStable(world);
  }

  private static @Nullable String notOnStable(ModelWorld world) {
    for (StageStatus stage : Standings.of(world)) {
      String alias = "hello-" + stage.name() + ":live";
      AliasTarget target = world.aws().aliases().target(alias);
      // A first release that failed has nothing to go back to: the alias, if any, stays.
      boolean nothingYet = stage.phase() == StagePhase.FAILED && stage.stableVersion() == null;
      if (!nothingYet
          && (target == null
              || target.additional() != null
              || !target.primary().value().equals(stage.stableVersion()))) {
        return alias + " is on " + target + ", stable is " + stage.stableVersion();
      }
    }
    return null;
  }
}
