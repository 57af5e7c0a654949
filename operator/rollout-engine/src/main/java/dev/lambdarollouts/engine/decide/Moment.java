package dev.lambdarollouts.engine.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A moment as a message shows it. */
final class Moment {
  private Moment() {}

  /** To the second, in UTC. */
  static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
