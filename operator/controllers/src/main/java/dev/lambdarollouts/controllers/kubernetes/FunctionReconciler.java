package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.kubernetes.Readiness.Problem;
import dev.lambdarollouts.controllers.loop.Promotions;
import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.function.LambdaFunctionStatus;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Conditions Ready and Promoted of a LambdaFunction, and its finalizer. */
@ControllerConfiguration(name = "functions", finalizerName = "lambdarollouts.dev/function")
final class FunctionReconciler extends ReferencedReconciler<LambdaFunction>
    implements Cleaner<LambdaFunction> {
  private final Supplier<@Nullable Caches> caches;
  private final Supplier<Promotions> promotions;
  private final InstantSource time;

  /**
   * @param caches absent until they are filled
   */
  FunctionReconciler(
      StatusPatch patches,
      Supplier<@Nullable Caches> caches,
      Supplier<Promotions> promotions,
      InstantSource time) {
    super(LambdaFunction.class, patches);
    this.caches = caches;
    this.promotions = promotions;
    this.time = time;
  }

  @Override
  public DeleteControl cleanup(LambdaFunction function, Context<LambdaFunction> context) {
    return keepWhileNamed(function);
  }

  @Override
  boolean knowsTheRollouts() {
    return caches.get() != null;
  }

  @Override
  List<LambdaRollout> namedBy(LambdaFunction function) {
    Caches filled = caches.get();
    return filled == null ? List.of() : filled.rolloutsOfFunction(ObjectKey.of(function));
  }

  @Override
  Status status(LambdaFunction function, String leaving) {
    List<Condition> before =
        function
            .status()
            .flatMap(Parsed::valid)
            .map(LambdaFunctionStatus::conditions)
            .orElse(List.of());
    Instant now = time.instant();
    Conditions conditions =
        Readiness.of(function, before, Problem.ofSpec(SpecCheck.problem(function)), leaving, now);
    promoted(function, conditions);
    return new LambdaFunctionStatus(
        function.getMetadata().getGeneration(), conditions.build(Set.of("Ready")));
  }

  /**
   * Nothing is said while a rollout has not looked at this generation: the condition's own
   * generation tells.
   */
  private void promoted(LambdaFunction function, Conditions conditions) {
    List<ObjectKey> rollouts = namedBy(function).stream().map(ObjectKey::of).toList();
    promotions
        .get()
        .promoted(ObjectKey.of(function), function.getMetadata().getGeneration(), rollouts)
        .ifPresent(
            promoted ->
                conditions.set(
                    "Promoted",
                    promoted ? Truth.TRUE : Truth.FALSE,
                    promoted ? "Promoted" : rollouts.isEmpty() ? "NoRollout" : "UnderWay",
                    promoted
                        ? "every stage of every rollout stands on this generation's release"
                        : rollouts.isEmpty()
                            ? "no LambdaRollout names this function"
                            : "a stage of a rollout does not stand on this generation's release"
                                + " yet"));
  }
}
