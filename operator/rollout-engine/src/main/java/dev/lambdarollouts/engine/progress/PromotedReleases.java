package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a stage's history says of promotions: each release once, the last promoted first. */
public final class PromotedReleases {
  /** As AWS counts up without leading zeros, the longer number is the higher. */
  public static final Comparator<VersionNumber> BY_NUMBER =
      Comparator.<VersionNumber>comparingInt(version -> version.value().length())
          .thenComparing(VersionNumber::value);

  private PromotedReleases() {}

  /** All of them whose version is known, what serves now included. */
  public static List<HistoryEntry> of(Progress progress) {
    return of(progress.history());
  }

  /**
   * The last promoted ones before the one that serves now: going back to one of them skips the
   * steps.
   *
   * @param revisions how many; 0 is no window
   */
  public static List<HistoryEntry> window(Progress progress, int revisions) {
    return window(progress.history(), progress.stable(), revisions);
  }

  static List<HistoryEntry> window(
      List<HistoryEntry> history, @Nullable Stable stable, int revisions) {
    return of(history).stream()
        .filter(entry -> stable == null || !entry.release().equals(stable.release()))
        .limit(revisions)
        .toList();
  }

  /**
   * True when a release may take the short way: it is in the window, and was not taken back when it
   * was last tried, for then a Retry has to prove it anew.
   */
  public static boolean isInWindow(Progress progress, ReleaseId release, int revisions) {
    return standing(progress, release) != null
        && window(progress, revisions).stream().anyMatch(entry -> entry.release().equals(release));
  }

  /** The last promotion of a release, absent where it was taken back since. */
  public static @Nullable HistoryEntry standing(Progress progress, ReleaseId release) {
    HistoryEntry last = lastTry(progress.history(), release);
    return last == null || !last.isPromotion() ? null : last;
  }

  /** What making way for another says nothing about. */
  static @Nullable HistoryEntry lastTry(List<HistoryEntry> history, ReleaseId release) {
    return history.stream()
        .filter(entry -> entry.release().equals(release))
        .filter(entry -> entry.outcome() != HistoryEntry.Outcome.SUPERSEDED)
        .findFirst()
        .orElse(null);
  }

  private static List<HistoryEntry> of(List<HistoryEntry> history) {
    Set<ReleaseId> known = new HashSet<>();
    List<HistoryEntry> promoted = new ArrayList<>();
    for (HistoryEntry entry : history) {
      if (entry.isPromotion() && entry.version() != null && known.add(entry.release())) {
        promoted.add(entry);
      }
    }
    return List.copyOf(promoted);
  }
}
