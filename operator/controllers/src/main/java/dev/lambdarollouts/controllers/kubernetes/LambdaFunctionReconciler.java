package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.Promotions;
import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.function.LambdaFunctionStatus;
import dev.lambdarollouts.engine.port.TimeSource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a LambdaFunction whether it can be used and whether its current generation is promoted
 * everywhere, and keeps it while a rollout names it.
 */
final class LambdaFunctionReconciler
    implements Reconciler<LambdaFunction>, Cleaner<LambdaFunction> {
  private static final Set<String> TYPES = Set.of("Ready");

  private final Promotions promotions;
  private final StatusKeeper keeper;
  private final SimpleInboundEventSource<LambdaFunction> wakes =
      new SimpleInboundEventSource<>("promotions");
  private @Nullable NamingRollouts<LambdaFunction> rollouts;

  LambdaFunctionReconciler(TimeSource time) {
    this.keeper = new StatusKeeper(time, this::wake);
    this.promotions = new Promotions(this::wake);
  }

  /** Where the loop notes how each rollout stands. */
  Promotions promotions() {
    return promotions;
  }

  @Override
  public List<EventSource<?, LambdaFunction>> prepareEventSources(
      EventSourceContext<LambdaFunction> context) {
    rollouts =
        new NamingRollouts<>(
            context,
            LambdaFunction.class,
            rollout -> Stream.ofNullable(RolloutReferences.of(rollout).function()));
    return List.of(rollouts.source(), wakes);
  }

  @Override
  public UpdateControl<LambdaFunction> reconcile(
      LambdaFunction function, Context<LambdaFunction> context) {
    Long generation = function.getMetadata().getGeneration();
    Conditions conditions = new Conditions(before(function), generation, keeper.now());
    String problem = SpecCheck.problem(function);
    if (problem == null) {
      conditions.set("Ready", Truth.TRUE, "Valid", "can be rolled out");
    } else {
      conditions.set("Ready", Truth.FALSE, "InvalidSpec", problem);
    }
    promoted(function, conditions);
    keeper.write(
        context,
        LambdaFunction.class,
        function,
        new LambdaFunctionStatus(generation, conditions.build(TYPES)));
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(LambdaFunction function, Context<LambdaFunction> context) {
    List<ObjectKey> naming = naming(function);
    if (naming.isEmpty()) {
      keeper.forget(function);
      return DeleteControl.defaultDelete();
    }
    Long generation = function.getMetadata().getGeneration();
    keeper.write(
        context,
        LambdaFunction.class,
        function,
        new LambdaFunctionStatus(
            generation,
            new Conditions(before(function), generation, keeper.now())
                .set("Ready", Truth.FALSE, "InUse", StatusKeeper.inUse(naming))
                .build(TYPES)));
    keeper.lookAgain(function);
    return DeleteControl.noFinalizerRemoval();
  }

  private List<ObjectKey> naming(LambdaFunction function) {
    if (rollouts == null) {
      throw new IllegalStateException("a reconcile before the event sources were prepared");
    }
    return rollouts.of(function);
  }

  /** Left as it is while a rollout has not looked at this generation. */
  private void promoted(LambdaFunction function, Conditions conditions) {
    List<ObjectKey> naming = naming(function);
    if (naming.isEmpty()) {
      conditions.set("Promoted", Truth.FALSE, "NotRolledOut", "no LambdaRollout names it");
      return;
    }
    promotions
        .promoted(ObjectKey.of(function), function.getMetadata().getGeneration(), naming)
        .ifPresent(
            all -> {
              if (all) {
                conditions.set("Promoted", Truth.TRUE, "Promoted", "every stage stands on it");
              } else {
                conditions.set(
                    "Promoted",
                    Truth.FALSE,
                    "NotPromoted",
                    "not every stage stands on it: see " + NamingRollouts.text(naming));
              }
            });
  }

  private static List<Condition> before(LambdaFunction function) {
    return function
        .status()
        .flatMap(Parsed::valid)
        .map(LambdaFunctionStatus::conditions)
        .orElse(List.of());
  }

  private void wake(ObjectKey function) {
    wakes.propagateEvent(new ResourceID(function.name(), function.namespace()));
  }
}
