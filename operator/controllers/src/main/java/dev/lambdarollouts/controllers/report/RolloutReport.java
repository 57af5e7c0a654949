package dev.lambdarollouts.controllers.report;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.decide.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rollout's whole status, from how each of its stages stands; api.md, LambdaRollout. */
public final class RolloutReport {
  /** The types that this operator keeps on a rollout. */
  public static final Set<String> TYPES = Set.of("Ready", "Reconciling", "Stalled", "Promoted");

  private static final int LONGEST_MESSAGE = 512;

  private RolloutReport() {}

  /**
   * Makes it.
   *
   * @param before the conditions as they stand
   * @param generation of the rollout that was looked at
   * @param stages in their order, those that are on their way out last; at least one
   */
  public static LambdaRolloutStatus of(
      List<Condition> before, @Nullable Long generation, List<StageReport> stages, Instant at) {
    StageReport current = current(stages);
    StageReport worst = worst(stages, current);
    String message = message(current, worst);
    StageStatus entry = current.entry();
    StagePlace place = current.place();
    return new LambdaRolloutStatus(
        generation,
        phase(worst.standing()),
        message,
        current.stage(),
        current.step(),
        entry == null ? null : entry.weight(),
        entry == null ? null : entry.stableVersion(),
        entry == null ? null : entry.canaryVersion(),
        place == null ? null : place.alias(),
        place == null ? null : place.target().region(),
        stages.stream().map(StageReport::entry).filter(Objects::nonNull).toList(),
        conditions(new Conditions(before, generation, at), worst, current, message));
  }

  /** The conditions of a rollout of which nothing is known but that it cannot go on. */
  public static List<Condition> degraded(Conditions conditions, String reason, String message) {
    return conditions
        .set("Ready", Truth.FALSE, reason, message)
        .set("Reconciling", Truth.FALSE, reason, message)
        .set("Stalled", Truth.TRUE, reason, message)
        .set("Promoted", Truth.FALSE, reason, message)
        .build(TYPES);
  }

  /** As long as a message may be. */
  public static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  /** The first that is not on its desired release, else the last. */
  private static StageReport current(List<StageReport> stages) {
    return stages.stream()
        .filter(stage -> !stage.isHealthy())
        .findFirst()
        .orElseGet(stages::getLast);
  }

  private static StageReport worst(List<StageReport> stages, StageReport current) {
    StageReport worst =
        stages.stream()
            .max(Comparator.comparingInt(stage -> stage.standing().severity()))
            .orElse(current);
    return worst.standing().severity() == current.standing().severity() ? current : worst;
  }

  private static String message(StageReport current, StageReport worst) {
    String message = current.stage() + ": " + current.message();
    return shortened(
        worst.stage().equals(current.stage())
            ? message
            : message + "; " + worst.stage() + ": " + worst.message());
  }

  private static RolloutPhase phase(Standing standing) {
    return switch (standing) {
      case Standing.Healthy healthy -> RolloutPhase.HEALTHY;
      case Standing.Progressing progressing -> RolloutPhase.PROGRESSING;
      case Standing.Paused paused -> RolloutPhase.PAUSED;
      case Standing.Degraded degraded -> RolloutPhase.DEGRADED;
    };
  }

  private static List<Condition> conditions(
      Conditions conditions, StageReport worst, StageReport current, String message) {
    String stagePhase =
        current.entry() == null ? "Progressing" : current.entry().phase().toString();
    return switch (worst.standing()) {
      case Standing.Healthy healthy ->
          conditions
              .set("Ready", Truth.TRUE, "Healthy", message)
              .set("Promoted", Truth.TRUE, "Healthy", message)
              .build(TYPES);
      case Standing.Progressing progressing -> underWay(conditions, stagePhase, message);
      case Standing.Paused(String reason) -> underWay(conditions, reason, message);
      case Standing.Degraded(String reason) -> degraded(conditions, reason, message);
    };
  }

  private static List<Condition> underWay(Conditions conditions, String reason, String message) {
    return conditions
        .set("Ready", Truth.FALSE, reason, message)
        .set("Reconciling", Truth.TRUE, reason, message)
        .set("Promoted", Truth.FALSE, reason, message)
        .build(TYPES);
  }
}
