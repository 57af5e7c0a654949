package dev.lambdarollouts.controllers.observe;

import org.jspecify.annotations.Nullable;

/** Whether other rollouts of this cluster mean the same function as a stage does. */
public sealed interface Contest {

  /** Nobody else does, or this stage has worked on it already: its tags and marks decide. */
  record None() implements Contest {}

  /**
   * Somebody does, and has worked on it already.
   *
   * @param why for people
   */
  record Lost(String why) implements Contest {}

  /**
   * Somebody does, and nobody has worked on it: the function's tag decides, where there is a
   * function.
   *
   * @param why who has it where no tag says so, for people; absent when this rollout is the oldest
   */
  record Open(@Nullable String why) implements Contest {}
}
