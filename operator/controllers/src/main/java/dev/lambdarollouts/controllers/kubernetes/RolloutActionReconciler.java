package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
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

/**
 * Refuses an action that names no rollout there is: nobody else would ever look at it. All others
 * are judged with their rollout.
 */
final class RolloutActionReconciler implements Reconciler<RolloutAction> {
  private final StatusKeeper keeper;
  private final SimpleInboundEventSource<RolloutAction> wakes =
      new SimpleInboundEventSource<>("wake-ups");

  RolloutActionReconciler(TimeSource time) {
    this.keeper =
        new StatusKeeper(
            time,
            action -> wakes.propagateEvent(new ResourceID(action.name(), action.namespace())));
  }

  @Override
  public List<EventSource<?, RolloutAction>> prepareEventSources(
      EventSourceContext<RolloutAction> context) {
    return List.of(wakes);
  }

  @Override
  public UpdateControl<RolloutAction> reconcile(
      RolloutAction action, Context<RolloutAction> context) {
    String rollout =
        RolloutSources.target(action).stream().map(ResourceID::getName).findFirst().orElse(null);
    if (action.status().isPresent() || (rollout != null && exists(action, rollout, context))) {
      return UpdateControl.noUpdate();
    }
    Long generation = action.getMetadata().getGeneration();
    String message =
        rollout == null
            ? "spec.rolloutRef: cannot be read"
            : "spec.rolloutRef: there is no LambdaRollout " + rollout + " in this namespace";
    keeper.write(
        context,
        RolloutAction.class,
        action,
        new RolloutActionStatus(
            generation,
            RolloutActionStatus.Phase.REFUSED,
            message,
            null,
            new Conditions(List.of(), generation, keeper.now())
                .set("Ready", Truth.TRUE, "Refused", message)
                .build(Set.of("Ready"))));
    return UpdateControl.noUpdate();
  }

  private static boolean exists(
      RolloutAction action, String rollout, Context<RolloutAction> context) {
    return context
            .getClient()
            .resources(LambdaRollout.class)
            .inNamespace(action.getMetadata().getNamespace())
            .withName(rollout)
            .get()
        != null;
  }
}
