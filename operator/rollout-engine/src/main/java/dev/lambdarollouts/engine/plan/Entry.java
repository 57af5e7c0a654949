package dev.lambdarollouts.engine.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One entry of a normalised strategy; {@code currentStepIndex} counts these from 0. */
public sealed interface Entry {

  /** Give the candidate this share of the alias' traffic. */
  record SetWeight(Weight weight) implements Entry {}

  /** Wait this long after the confirmation of what stands before. */
  record TimedPause(Duration duration) implements Entry {}

  /**
   * Wait for a person.
   *
   * @param timeout after which {@code onTimeout} happens; absent: for ever
   */
  record IndefinitePause(@Nullable Duration timeout, OnTimeout onTimeout) implements Entry {}

  /** What an indefinite pause does when nobody came. */
  enum OnTimeout {
    /** Go on as if a person had promoted. */
    PROMOTE,
    /** Traffic to stable, the release rejected. */
    ABORT
  }
}
