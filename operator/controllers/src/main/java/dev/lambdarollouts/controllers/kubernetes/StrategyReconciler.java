package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.kubernetes.Readiness.Problem;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.crds.strategy.RolloutStrategyStatus;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Condition Ready of a RolloutStrategy; it may go at any time, an attempt keeps what it started
 * with.
 */
@ControllerConfiguration(name = "strategies")
final class StrategyReconciler extends ReferencedReconciler<RolloutStrategy> {
  private final Supplier<@Nullable Caches> caches;
  private final InstantSource time;

  /**
   * @param caches absent until they are filled
   */
  StrategyReconciler(StatusPatch patches, Supplier<@Nullable Caches> caches, InstantSource time) {
    super(RolloutStrategy.class, patches);
    this.caches = caches;
    this.time = time;
  }

  @Override
  boolean knowsTheRollouts() {
    return caches.get() != null;
  }

  @Override
  List<LambdaRollout> namedBy(RolloutStrategy strategy) {
    Caches filled = caches.get();
    return filled == null ? List.of() : filled.rolloutsOfStrategy(ObjectKey.of(strategy));
  }

  @Override
  Status status(RolloutStrategy strategy, String leaving) {
    List<Condition> before =
        strategy
            .status()
            .flatMap(Parsed::valid)
            .map(RolloutStrategyStatus::conditions)
            .orElse(List.of());
    return new RolloutStrategyStatus(
        strategy.getMetadata().getGeneration(),
        Readiness.of(
                strategy,
                before,
                Problem.ofSpec(SpecCheck.problem(strategy)),
                leaving,
                time.instant())
            .build(Set.of("Ready")));
  }
}
