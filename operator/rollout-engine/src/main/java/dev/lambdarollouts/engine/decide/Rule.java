package dev.lambdarollouts.engine.decide;

import org.jspecify.annotations.Nullable;

/**
 * One rule of the ordered list in {@link RolloutDecider}: pure, and silent where it has nothing to
 * say.
 */
interface Rule {
  /** What to do, or null when this rule does not apply. */
  @Nullable Step apply(Situation situation);
}
