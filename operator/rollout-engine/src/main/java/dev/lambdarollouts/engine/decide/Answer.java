package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.progress.Progress;

/** One action's own outcome: a progress, or why not. */
sealed interface Answer {
  /**
   * It took effect.
   *
   * @param message what it did and who asked; the history keeps it
   */
  record Applied(Progress progress, String message) implements Answer {}

  /**
   * It did not.
   *
   * @param message why, and what to do instead
   */
  record Refused(String message) implements Answer {}
}
