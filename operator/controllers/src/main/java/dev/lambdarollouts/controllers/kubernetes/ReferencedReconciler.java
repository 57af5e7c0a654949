package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The status of an object that rollouts name: function, stage or strategy. Says whether its spec
 * can be read, and keeps it while a rollout names it, where it has a finalizer.
 */
abstract class ReferencedReconciler<R extends LambdaRolloutsResource<?, ?>>
    implements Reconciler<R> {
  /** An object on its way out looks again for those that name it; they leave without telling. */
  private static final Duration STILL_NAMED = Duration.ofSeconds(1);

  private final SimpleInboundEventSource<R> wakes = new SimpleInboundEventSource<>("wake-ups");
  private final Class<R> type;
  private final StatusPatch patches;

  ReferencedReconciler(Class<R> type, StatusPatch patches) {
    this.type = type;
    this.patches = patches;
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(wakes);
  }

  /** Asks for another look; from any thread. */
  void wake(ObjectKey object) {
    wakes.propagateEvent(Caches.id(object));
  }

  /** The rollouts that name it, in spec or status. */
  abstract List<LambdaRollout> namedBy(R object);

  /** False until it is known which rollouts there are. */
  abstract boolean knowsTheRollouts();

  /**
   * The status as it is to be.
   *
   * @param leaving why it cannot go yet, empty when it is not on its way out
   */
  abstract Status status(R object, String leaving);

  @Override
  public UpdateControl<R> reconcile(R object, Context<R> context) {
    if (!knowsTheRollouts()) {
      return UpdateControl.<R>noUpdate().rescheduleAfter(STILL_NAMED.toMillis());
    }
    write(object, "");
    return UpdateControl.noUpdate();
  }

  /** For those with a finalizer. */
  final DeleteControl keepWhileNamed(R object) {
    List<LambdaRollout> rollouts = namedBy(object);
    if (knowsTheRollouts() && rollouts.isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    write(
        object,
        "is being deleted once no LambdaRollout names it any more; still named by "
            + rollouts.stream()
                .map(rollout -> rollout.getMetadata().getName())
                .sorted()
                .collect(Collectors.joining(", ")));
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(STILL_NAMED.toMillis());
  }

  private void write(R object, String leaving) {
    JsonNode status = CrdJson.MAPPER.valueToTree(status(object, leaving));
    if (!status.equals(StatusPatch.tree(object.status().orElse(null)))) {
      patches.write(type, object, status, false);
    }
  }
}
