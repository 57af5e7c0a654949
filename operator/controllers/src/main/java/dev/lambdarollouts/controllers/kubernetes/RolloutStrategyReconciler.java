package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.crds.strategy.RolloutStrategyStatus;
import dev.lambdarollouts.engine.port.TimeSource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Set;

/** Tells of a RolloutStrategy whether a stage can use it. */
final class RolloutStrategyReconciler implements Reconciler<RolloutStrategy> {
  private final StatusKeeper keeper;
  private final SimpleInboundEventSource<RolloutStrategy> wakes =
      new SimpleInboundEventSource<>("wake-ups");

  RolloutStrategyReconciler(TimeSource time) {
    this.keeper =
        new StatusKeeper(
            time,
            strategy ->
                wakes.propagateEvent(new ResourceID(strategy.name(), strategy.namespace())));
  }

  @Override
  public List<EventSource<?, RolloutStrategy>> prepareEventSources(
      EventSourceContext<RolloutStrategy> context) {
    return List.of(wakes);
  }

  @Override
  public UpdateControl<RolloutStrategy> reconcile(
      RolloutStrategy strategy, Context<RolloutStrategy> context) {
    Long generation = strategy.getMetadata().getGeneration();
    String problem = SpecCheck.problem(strategy);
    Conditions conditions =
        new Conditions(
            strategy
                .status()
                .flatMap(Parsed::valid)
                .map(RolloutStrategyStatus::conditions)
                .orElse(List.of()),
            generation,
            keeper.now());
    if (problem == null) {
      conditions.set("Ready", Truth.TRUE, "Valid", "can be used");
    } else {
      conditions.set("Ready", Truth.FALSE, "InvalidSpec", problem);
    }
    keeper.write(
        context,
        RolloutStrategy.class,
        strategy,
        new RolloutStrategyStatus(generation, conditions.build(Set.of("Ready"))));
    return UpdateControl.noUpdate();
  }
}
