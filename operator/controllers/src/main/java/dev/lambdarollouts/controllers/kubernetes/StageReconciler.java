package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Condition Ready of a LambdaStage, and its finalizer. */
@ControllerConfiguration(name = "stages", finalizerName = "lambdarollouts.dev/stage")
final class StageReconciler extends ReferencedReconciler<LambdaStage>
    implements Cleaner<LambdaStage> {
  private final Supplier<@Nullable Caches> caches;
  private final InstantSource time;

  /**
   * @param caches absent until they are filled
   */
  StageReconciler(StatusPatch patches, Supplier<@Nullable Caches> caches, InstantSource time) {
    super(LambdaStage.class, patches);
    this.caches = caches;
    this.time = time;
  }

  @Override
  public DeleteControl cleanup(LambdaStage stage, Context<LambdaStage> context) {
    return keepWhileNamed(stage);
  }

  @Override
  boolean knowsTheRollouts() {
    return caches.get() != null;
  }

  @Override
  List<LambdaRollout> namedBy(LambdaStage stage) {
    Caches filled = caches.get();
    return filled == null ? List.of() : filled.rolloutsOfStage(ObjectKey.of(stage));
  }

  @Override
  Status status(LambdaStage stage, String leaving) {
    List<Condition> before =
        stage.status().flatMap(Parsed::valid).map(LambdaStageStatus::conditions).orElse(List.of());
    return new LambdaStageStatus(
        stage.getMetadata().getGeneration(),
        Readiness.of(stage, before, SpecCheck.problem(stage), leaving, time.instant())
            .build(Set.of("Ready")),
        null,
        null,
        null,
        null);
  }
}
