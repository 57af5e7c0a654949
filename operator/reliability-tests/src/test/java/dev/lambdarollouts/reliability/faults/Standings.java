package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.stage.LambdaStageSpec.DriftPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the status of {@code shop/hello} says. */
final class Standings {
  static final ObjectKey HELLO = new ObjectKey("shop", "hello");
  private static final Set<StagePhase> TERMINAL =
      Set.of(StagePhase.SUCCEEDED, StagePhase.ROLLED_BACK, StagePhase.REJECTED, StagePhase.FAILED);

  private Standings() {}

  /** Entries of its stages; none where there is no rollout or no status. */
  static List<StageStatus> of(ModelWorld world) {
    return of(rollout(world));
  }

  static List<StageStatus> of(@Nullable LambdaRollout rollout) {
    LambdaRolloutStatus status = status(rollout);
    return status == null ? List.of() : status.stages();
  }

  /** The entry of the stage that an alias {@code <rollout>-<stage>:live} belongs to. */
  static @Nullable StageStatus ofAlias(ModelWorld world, String alias) {
    int dash = alias.indexOf('-');
    ObjectKey rollout = new ObjectKey(HELLO.namespace(), alias.substring(0, dash));
    String stage = alias.substring(dash + 1, alias.indexOf(':'));
    return of(world.cluster().seen(LambdaRollout.class, rollout)).stream()
        .filter(one -> one.name().equals(stage))
        .findFirst()
        .orElse(null);
  }

  static @Nullable LambdaRollout rollout(ModelWorld world) {
    return world.cluster().seen(LambdaRollout.class, HELLO);
  }

  static @Nullable LambdaRolloutStatus status(@Nullable LambdaRollout rollout) {
    return rollout == null ? null : rollout.status().flatMap(Parsed::valid).orElse(null);
  }

  /** Every stage is where it stays, on what is desired or by a rejection of it. */
  static boolean isOver(ModelWorld world) {
    LambdaRollout rollout = rollout(world);
    if (rollout == null) {
      return true;
    }
    return isOver(rollout) && world.cluster().seen().stream().allMatch(Standings::isOver);
  }

  private static boolean isOver(LambdaRollout rollout) {
    List<StageStatus> stages = of(rollout);
    return rollout.getMetadata().getDeletionTimestamp() == null
        && !stages.isEmpty()
        && !goesOn(rollout)
        && stages.stream().noneMatch(Standings::hasLeftOver)
        && (stages.stream().allMatch(Standings::isTerminal)
            || stages.stream().anyMatch(Standings::isRejected));
  }

  /** By its own word: something beside the release, or what AWS has not said yet, is waited for. */
  private static boolean goesOn(LambdaRollout rollout) {
    LambdaRolloutStatus status = status(rollout);
    return status != null && status.phase() == RolloutPhase.PROGRESSING;
  }

  /** Provisioned concurrency of a version that does not serve is still to be taken back. */
  private static boolean hasLeftOver(StageStatus stage) {
    return stage.sideHash() != null
        && Stream.of(stage.sideHash().split(" "))
            .filter(word -> word.startsWith("provisionedConcurrency@"))
            .anyMatch(word -> !word.endsWith("@" + stage.stableVersion()));
  }

  /** Where a person has to come: somebody moved the alias. */
  static boolean drifts(ModelWorld world) {
    return of(world).stream()
        .anyMatch(stage -> stage.pause() != null && stage.pause().reason().equals("Drift"));
  }

  /** driftPolicy says so, or a person by Resume. */
  static boolean mayMoveWhatOthersMoved(ModelWorld world) {
    LambdaStage stage =
        world.cluster().seen(LambdaStage.class, new ObjectKey(HELLO.namespace(), "prod"));
    boolean bySpec =
        stage != null
            && stage.spec().valid().map(LambdaStageSpec::driftPolicy).orElse(DriftPolicy.PAUSE)
                != DriftPolicy.PAUSE;
    return bySpec || isResumed(world);
  }

  /** A person had the alias restored, wherever it was. */
  static boolean isResumed(ModelWorld world) {
    return world.cluster().actions(HELLO).stream()
        .map(action -> action.spec().valid().orElse(null))
        .anyMatch(spec -> spec != null && spec.action() == ActionVerb.RESUME);
  }

  static boolean isTerminal(StageStatus stage) {
    return TERMINAL.contains(stage.phase())
        && (stage.phase() != StagePhase.SUCCEEDED
            || Objects.equals(stage.stableRelease(), stage.desiredRelease()));
  }

  /** The desired release was rejected, and the stages after it wait for another one. */
  private static boolean isRejected(StageStatus stage) {
    return TERMINAL.contains(stage.phase()) && stage.phase() != StagePhase.SUCCEEDED;
  }

  static boolean rejected(StageStatus stage, String cause) {
    return stage.rejectedReleases().stream()
        .anyMatch(one -> one.cause() != null && one.cause().type().equals(cause));
  }
}
