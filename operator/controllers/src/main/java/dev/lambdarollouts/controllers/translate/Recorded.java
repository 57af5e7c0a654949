package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.progress.Progress;

/** What a status says of a stage. */
public sealed interface Recorded {

  /** Everything could be understood. */
  @SuppressWarnings("AvoidCommonTypeNames") // always written Recorded.Readable, beside Unreadable
  record Readable(Progress progress) implements Recorded {}

  /**
   * Something could not: a newer operator wrote it, or somebody by hand. Nothing may be concluded
   * from the rest, so the stage holds.
   *
   * @param field {@code status.stages[prod].phase}
   * @param problem what was found and what to do, to be read after the field
   */
  record Unreadable(String field, String problem) implements Recorded {}
}
