package dev.lambdarollouts.controllers.report;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.decide.Standing;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * One stage as it is reported.
 *
 * @param entry its own entry in the status; absent when there is nothing to be kept of it
 * @param standing how it stands
 * @param message one sentence, without the stage's name
 * @param step {@code 3/5}, absent at rest
 * @param place absent when not known
 */
public record StageReport(
    String stage,
    @Nullable StageStatus entry,
    Standing standing,
    String message,
    @Nullable String step,
    @Nullable StagePlace place) {

  /** Of an attempt: the entry under way and how many there are; absent at rest. */
  public static @Nullable String step(Progress progress) {
    Plan plan = progress.plan();
    if (plan == null) {
      return null;
    }
    int size = plan.entries().size();
    return Math.min(Math.max(progress.entryIndex(), 0) + 1, size) + "/" + size;
  }

  boolean isHealthy() {
    return standing instanceof Standing.Healthy;
  }
}
