package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param by the person who ended it, where one did
 */
public record HistoryEntry(
    ReleaseId release,
    @Nullable String releaseName,
    @Nullable VersionNumber version,
    @Nullable Instant startedAt,
    Instant finishedAt,
    Outcome outcome,
    @Nullable String cause,
    @Nullable String by) {

  /** The stage stood on the release from then on. */
  public boolean isPromotion() {
    return switch (outcome) {
      case PROMOTED, FAST_PROMOTED -> true;
      case FAST_ROLLED_BACK -> by == null;
      case ROLLED_BACK, ABORTED, REJECTED, SUPERSEDED, FAILED -> false;
    };
  }

  /** Traffic was, or may have been, taken off it. */
  public boolean isGoingBack() {
    return switch (outcome) {
      case ROLLED_BACK, FAST_ROLLED_BACK, ABORTED -> true;
      case PROMOTED, FAST_PROMOTED, REJECTED, SUPERSEDED, FAILED -> false;
    };
  }

  /** The same, of a version that is no more. */
  public HistoryEntry withoutVersion() {
    return new HistoryEntry(release, releaseName, null, startedAt, finishedAt, outcome, cause, by);
  }

  /** The ways in which an attempt ends. */
  public enum Outcome {
    PROMOTED("Promoted"),
    /** By PromoteFully, or inside the rollback window going forward. */
    FAST_PROMOTED("FastPromoted"),
    ROLLED_BACK("RolledBack"),
    /** Left by a person's RollBack; without a person: promoted inside the window, going back. */
    FAST_ROLLED_BACK("FastRolledBack"),
    ABORTED("Aborted"),
    REJECTED("Rejected"),
    SUPERSEDED("Superseded"),
    FAILED("Failed");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
