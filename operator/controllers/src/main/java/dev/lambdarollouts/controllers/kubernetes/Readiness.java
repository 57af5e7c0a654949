package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import java.time.Instant;
import java.util.List;

/** The condition Ready of an object that rollouts name: whether its spec can be read. */
final class Readiness {
  private Readiness() {}

  /**
   * Starts its conditions with Ready.
   *
   * @param leaving why it cannot go yet, empty when it is not on its way out
   */
  static Conditions of(
      LambdaRolloutsResource<?, ?> object, List<Condition> before, String leaving, Instant at) {
    Conditions conditions = new Conditions(before, object.getMetadata().getGeneration(), at);
    if (!leaving.isEmpty()) {
      return conditions.set("Ready", Truth.FALSE, "Terminating", leaving);
    }
    return switch (object.spec()) {
      case Parsed.Valid<?> valid ->
          conditions.set("Ready", Truth.TRUE, "Accepted", "the spec can be used");
      case Parsed.Invalid<?> invalid ->
          conditions.set("Ready", Truth.FALSE, "InvalidSpec", invalid.message());
    };
  }
}
