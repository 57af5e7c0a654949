package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for cannot be done as it stands: nothing advances; alarms and rollback stand before
 * this rule.
 */
final class InvalidRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    return switch (situation.seen().desired()) {
      case DesiredRelease.Known known -> null;
      case DesiredRelease.Invalid(String field, String message) ->
          Step.stalled(situation.progress(), "InvalidSpec", field + ": " + message);
      case DesiredRelease.Missing(String message) ->
          Step.stalled(situation.progress(), "InvalidSpec", message);
    };
  }
}
