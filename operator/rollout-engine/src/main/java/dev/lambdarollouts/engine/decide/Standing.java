package dev.lambdarollouts.engine.decide;

/**
 * How a stage stands, for the rollout's phase and conditions. Ordered by what wins over what when
 * stages differ: Degraded over Paused over Progressing over Healthy.
 */
public sealed interface Standing {

  /** Succeeded on its desired release. */
  record Healthy() implements Standing {}

  /** Under way by itself. */
  record Progressing() implements Standing {}

  /** Waits for a person. */
  record Paused(String reason) implements Standing {}

  /**
   * Will not get further by itself.
   *
   * @param reason of the condition Stalled: {@code InvalidSpec}, {@code RolledBack} ...
   */
  record Degraded(String reason) implements Standing {}

  /** A greater one wins. */
  default int severity() {
    return switch (this) {
      case Healthy healthy -> 0;
      case Progressing progressing -> 1;
      case Paused paused -> 2;
      case Degraded degraded -> 3;
    };
  }
}
