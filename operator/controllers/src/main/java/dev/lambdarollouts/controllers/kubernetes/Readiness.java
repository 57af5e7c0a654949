package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition Ready of an object that rollouts name: whether it can be used. */
final class Readiness {
  private Readiness() {}

  /** Why it cannot. */
  record Problem(String reason, String message) {
    /** Absent where there is none. */
    static @Nullable Problem ofSpec(@Nullable String message) {
      return message == null ? null : new Problem("InvalidSpec", message);
    }
  }

  /**
   * Starts its conditions with Ready.
   *
   * @param problem absent when it can be used
   * @param leaving why it cannot go yet, empty when it is not on its way out
   */
  static Conditions of(
      LambdaRolloutsResource<?, ?> object,
      List<Condition> before,
      @Nullable Problem problem,
      String leaving,
      Instant at) {
    Conditions conditions = new Conditions(before, object.getMetadata().getGeneration(), at);
    if (!leaving.isEmpty()) {
      return conditions.set("Ready", Truth.FALSE, "Terminating", leaving);
    }
    return problem == null
        ? conditions.set("Ready", Truth.TRUE, "Accepted", "the spec can be used")
        : conditions.set("Ready", Truth.FALSE, problem.reason(), problem.message());
  }
}
