package dev.lambdarollouts.controllers.loop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen after a pass.
 *
 * @param again something was done or changed: look again at once
 * @param wakeAt when to look again if nothing happens before; absent: only an event can change
 *     anything
 * @param letGo the rollout is being deleted and nothing is left to do: its finalizer may go
 */
public record PassOutcome(boolean again, @Nullable Instant wakeAt, boolean letGo) {
  static final PassOutcome AGAIN = new PassOutcome(true, null, false);
  static final PassOutcome GONE = new PassOutcome(false, null, false);
  static final PassOutcome LET_GO = new PassOutcome(false, null, true);

  /** The same, and another look at this moment at the latest. */
  PassOutcome noLaterThan(Instant moment) {
    return wakeAt != null && wakeAt.isBefore(moment) ? this : new PassOutcome(again, moment, letGo);
  }
}
