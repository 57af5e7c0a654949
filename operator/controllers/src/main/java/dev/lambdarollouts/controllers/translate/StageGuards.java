package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.RolloutStage;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.stage.LambdaStageSpec.OnWindowClose;
import dev.lambdarollouts.crds.stage.PromotionWindow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What guards one stage of a rollout, as its specs say; where they cannot be read nothing does, and
 * nothing moves.
 *
 * @param maxConcurrent most rollouts that move traffic there at once; 0: no limit
 * @param soak how long the stage before has to be stable; absent when no time is asked for
 */
public record StageGuards(
    List<PromotionWindow> windows,
    OnWindowClose onWindowClose,
    int maxConcurrent,
    @Nullable Duration soak) {
  /** None. */
  public static final StageGuards NONE = new StageGuards(List.of(), OnWindowClose.HOLD, 0, null);

  public StageGuards {
    windows = List.copyOf(windows);
  }

  /** Reads them. */
  public static StageGuards of(LambdaRollout rollout, String name, @Nullable LambdaStage stage) {
    if (stage == null || !(stage.spec() instanceof Parsed.Valid<LambdaStageSpec> valid)) {
      return NONE;
    }
    LambdaStageSpec spec = valid.value();
    Duration soak =
        rollout
            .spec()
            .valid()
            .flatMap(
                one ->
                    one.stages().stream()
                        .filter(entry -> entry.stageRef().name().equals(name))
                        .findFirst())
            .map(StageGuards::soak)
            .orElse(null);
    return new StageGuards(
        Objects.requireNonNullElse(spec.promotionWindows(), List.of()),
        spec.onWindowClose(),
        spec.maxConcurrentRollouts(),
        soak);
  }

  /** Refuses a soak time that is none. */
  static void check(RolloutStage entry, FieldPath at, Findings findings) {
    if (entry.requiredSoakTime() != null && soak(entry) == null) {
      findings.invalid(
          at.at("requiredSoakTime"),
          "found " + entry.requiredSoakTime() + "; write it like 10m or 1h30m");
    }
  }

  private static @Nullable Duration soak(RolloutStage entry) {
    return entry.requiredSoakTime() == null
        ? null
        : KubernetesDuration.parse(entry.requiredSoakTime());
  }
}
