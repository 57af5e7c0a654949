package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.Nullable;

/** The stage before this one in the rollout's list. */
public sealed interface StageBefore {

  /** This is the first stage. */
  record None() implements StageBefore {}

  /**
   * It stands on its desired release.
   *
   * @param codeSha256 of what it runs, where this stage must run the same; absent when a stage
   *     overrides the code
   */
  record Stands(String stage, @Nullable String codeSha256) implements StageBefore {}

  /** Not yet, or never: why, for people. */
  record NotThere(String stage, String why) implements StageBefore {}
}
