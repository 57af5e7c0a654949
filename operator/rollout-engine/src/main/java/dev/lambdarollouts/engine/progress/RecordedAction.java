package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.OpenAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action whose effect is part of this progress: it is never applied again.
 *
 * @param attempt that it belongs to, the next one where none is under way; 0 where nobody knows
 * @param note what it did, who asked and why, for the history; absent where nobody knows
 */
public record RecordedAction(
    String uid, OpenAction.Verb verb, String by, Instant at, int attempt, @Nullable String note) {

  /** One that is known by its uid alone. */
  public RecordedAction(String uid, OpenAction.Verb verb, String by, Instant at) {
    this(uid, verb, by, at, 0, null);
  }
}
