package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.port.StageTarget;
import org.jspecify.annotations.Nullable;

/** Where a stage runs, from whatever is left to tell it. */
public final class PlaceLookup {
  private PlaceLookup() {}

  /** From the LambdaStage, though the rollout's spec may no longer name it. */
  public static @Nullable StagePlace of(LambdaRollout rollout, LambdaStage stage) {
    String function = RolloutReferences.of(rollout).function();
    String name = stage.getMetadata().getName();
    return function == null
        ? null
        : new PlaceReading(
                new StageNames(
                    rollout.getMetadata().getNamespace(),
                    rollout.getMetadata().getName(),
                    function,
                    name),
                FieldPath.spec("LambdaStage", name),
                new Findings())
            .read(stage.spec());
  }

  /**
   * From the ARNs in the status: all but the credentials.
   *
   * @param reached with whose rights it was last reached, absent for the operator's own
   */
  public static @Nullable StagePlace of(StageStatus entry, @Nullable StageTarget reached) {
    if (entry.aliasArn() == null) {
      return null;
    }
    // arn:aws:lambda:us-east-1:111122223333:function:hello-prod:live
    String[] parts = entry.aliasArn().split(":", -1);
    return parts.length == 8
        ? new StagePlace(
            new StageTarget(
                parts[4],
                parts[3],
                reached == null ? null : reached.assumedRole(),
                reached == null ? null : reached.keys()),
            parts[6],
            parts[7])
        : null;
  }
}
