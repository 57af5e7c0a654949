package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.OpenActions;
import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.CrdJson;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers an action that names no rollout there is, and deletes it when its time has come: nobody
 * else would. All others are judged, and tidied up, with their rollout.
 */
@ControllerConfiguration(name = "actions")
final class ActionReconciler implements Reconciler<RolloutAction> {
  private static final Duration CACHES_FILL = Duration.ofSeconds(1);

  private final StatusPatch patches;
  private final Supplier<@Nullable Caches> caches;
  private final Predicate<ObjectKey> exists;
  private final Consumer<RolloutAction> delete;
  private final InstantSource time;

  /**
   * @param caches absent until they are filled
   * @param exists asks the API server, which knows of a rollout before the cache does
   */
  ActionReconciler(
      StatusPatch patches,
      Supplier<@Nullable Caches> caches,
      Predicate<ObjectKey> exists,
      Consumer<RolloutAction> delete,
      InstantSource time) {
    this.patches = patches;
    this.caches = caches;
    this.exists = exists;
    this.delete = delete;
    this.time = time;
  }

  @Override
  public UpdateControl<RolloutAction> reconcile(
      RolloutAction action, Context<RolloutAction> context) {
    Caches filled = caches.get();
    if (filled == null) {
      return UpdateControl.<RolloutAction>noUpdate().rescheduleAfter(CACHES_FILL.toMillis());
    }
    String name = ClusterIndex.rolloutOf(action).orElse("");
    ObjectKey rollout = new ObjectKey(action.getMetadata().getNamespace(), name);
    if (filled.has(rollout) || (!name.isEmpty() && exists.test(rollout))) {
      return UpdateControl.noUpdate();
    }
    if (action.status().isEmpty()) {
      refuse(
          action,
          "spec.rolloutRef.name: found "
              + (name.isEmpty() ? "nothing" : name)
              + "; there is no such LambdaRollout in this namespace");
    }
    return untilItGoes(action);
  }

  /** The rollout is gone, or never was; after a restart everything is looked at once. */
  private UpdateControl<RolloutAction> untilItGoes(RolloutAction action) {
    Duration left =
        Duration.between(time.instant(), OpenActions.finishedAt(action).plus(OpenActions.KEPT));
    if (left.isPositive()) {
      return UpdateControl.<RolloutAction>noUpdate().rescheduleAfter(left.plusSeconds(1));
    }
    delete.accept(action);
    return UpdateControl.noUpdate();
  }

  private void refuse(RolloutAction action, String why) {
    Long generation = action.getMetadata().getGeneration();
    String phase = RolloutActionStatus.Phase.REFUSED.toString();
    patches.write(
        RolloutAction.class,
        action,
        CrdJson.MAPPER.valueToTree(
            new RolloutActionStatus(
                generation,
                RolloutActionStatus.Phase.REFUSED,
                why,
                null,
                new Conditions(List.of(), generation, time.instant())
                    .set("Ready", Truth.TRUE, phase, why)
                    .build(Set.of("Ready")))),
        false);
  }
}
