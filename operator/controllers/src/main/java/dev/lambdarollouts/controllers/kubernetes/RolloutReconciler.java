package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.PassOutcome;
import dev.lambdarollouts.controllers.loop.RolloutLoop;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.controllers.metrics.RolloutMetrics;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes each event about a rollout on to the loop, and the loop's wake-ups on to JOSDK. */
@ControllerConfiguration(name = "rollouts", finalizerName = RolloutReconciler.FINALIZER)
final class RolloutReconciler implements Reconciler<LambdaRollout>, Cleaner<LambdaRollout> {
  static final String FINALIZER = "lambdarollouts.dev/rollout";

  private final SimpleInboundEventSource<LambdaRollout> wakes =
      new SimpleInboundEventSource<>("wake-ups");
  private final Function<EventSourceContext<LambdaRollout>, Assembly> assembling;
  private volatile @Nullable Assembly assembly;

  /** What there is once JOSDK has told of its caches. */
  record Assembly(
      Caches caches,
      RolloutLoop loop,
      WakeUps wakeUps,
      RolloutMetrics metrics,
      RolloutFinalizer finalizer) {}

  /**
   * @param assembling called once, before the first event
   */
  RolloutReconciler(Function<EventSourceContext<LambdaRollout>, Assembly> assembling) {
    this.assembling = assembling;
  }

  @Override
  public List<EventSource<?, LambdaRollout>> prepareEventSources(
      EventSourceContext<LambdaRollout> context) {
    Assembly made = assembling.apply(context);
    assembly = made;
    List<EventSource<?, LambdaRollout>> sources = new ArrayList<>(made.caches().eventSources());
    sources.add(wakes);
    return sources;
  }

  /**
   * Asks for a pass over a rollout; from any thread. One that is gone gets none from JOSDK
   * (somebody took its finalizer off): it is forgotten instead.
   */
  void wake(ObjectKey rollout) {
    Assembly made = assembly;
    if (made != null && !made.caches().has(rollout)) {
      made.loop().forget(rollout);
      made.wakeUps().forget(rollout);
      return;
    }
    wakes.propagateEvent(Caches.id(rollout));
  }

  @Override
  public UpdateControl<LambdaRollout> reconcile(
      LambdaRollout rollout, Context<LambdaRollout> context) {
    pass(rollout);
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(LambdaRollout rollout, Context<LambdaRollout> context) {
    PassOutcome outcome = pass(rollout);
    Assembly made = assembly;
    if (outcome.letGo() && made != null) {
      made.finalizer().remove(rollout);
    }
    return DeleteControl.noFinalizerRemoval();
  }

  private PassOutcome pass(LambdaRollout rollout) {
    Assembly made = assembly;
    if (made == null) {
      throw new IllegalStateException("an event came before the event sources were prepared");
    }
    ObjectKey key = ObjectKey.of(rollout);
    long started = System.nanoTime();
    PassOutcome outcome = made.loop().pass(rollout);
    made.metrics().passed(Duration.ofNanos(System.nanoTime() - started));
    if (outcome.letGo()) {
      made.wakeUps().forget(key);
    } else {
      made.wakeUps().at(key, outcome.wakeAt());
      if (outcome.again()) {
        wake(key);
      }
    }
    return outcome;
  }
}
