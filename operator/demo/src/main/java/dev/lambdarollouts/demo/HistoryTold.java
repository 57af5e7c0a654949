package dev.lambdarollouts.demo;

import dev.lambdarollouts.crds.rollout.HistoryEntry;

/** An attempt that has ended, as the status keeps it: what it came to, and who did what and why. */
final class HistoryTold {
  private HistoryTold() {}

  /** One line, and a second where people had a part in it or it ended for a reason. */
  static String of(String stage, HistoryEntry entry) {
    // `by` names only who ended it; who approved stands in `cause`.
    return "   %s, %s as version %s: %s%s%s"
        .formatted(
            stage,
            entry.releaseName(),
            entry.version(),
            entry.outcome(),
            entry.by() == null ? "" : " by " + entry.by(),
            entry.cause() == null ? "" : "\n      " + entry.cause());
  }
}
