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

  /** The ways in which an attempt ends. */
  public enum Outcome {
    PROMOTED("Promoted"),
    /** By PromoteFully. */
    FAST_PROMOTED("FastPromoted"),
    ROLLED_BACK("RolledBack"),
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
