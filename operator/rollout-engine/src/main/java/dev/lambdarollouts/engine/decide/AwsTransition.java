package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alias with provisioned concurrency of somebody's making: after we moved it, AWS itself adds a
 * weight of 100 % for the version before, until the new one is provisioned, and takes it away
 * again. That is nobody's move, for a while. A weight for any other version is somebody's.
 */
final class AwsTransition {
  /**
   * Recorded against AWS it took 6 to 8 minutes; where the new version cannot be initialised it
   * never ends.
   */
  static final Duration LONGEST = Duration.ofMinutes(20);

  /** Between two looks. */
  private static final Duration LOOKS = Duration.ofSeconds(30);

  private AwsTransition() {}

  /**
   * A move of ours.
   *
   * @param before the version that served until then
   */
  private record Move(VersionNumber before, Instant at) {}

  /** Waits for its end; absent where this is none, or takes too long to be one. */
  static @Nullable Step holds(Situation situation) {
    AliasFact.Present alias = situation.alias();
    AliasTarget.Route beside = alias == null ? null : alias.target().additional();
    if (alias == null || beside == null || !beside.weight().isAll()) {
      return null;
    }
    Move move = lastMove(situation, alias.target().primary());
    Instant at = situation.seen().at();
    if (move == null
        || !beside.version().equals(move.before())
        || !at.isBefore(move.at().plus(LONGEST))) {
      return null;
    }
    Instant look = alias.at().plus(LOOKS);
    String why =
        "AWS moves the alias' provisioned concurrency to version "
            + alias.target().primary()
            + ", version "
            + beside.version()
            + " serves until then";
    return at.isBefore(look)
        ? Step.holdUntil(situation.progress(), look, why)
        : Step.act(new Decision.ReadAlias(), situation.progress(), why);
  }

  /** The last one that put all traffic there, by what is recorded; absent where there is none. */
  private static @Nullable Move lastMove(Situation situation, VersionNumber there) {
    Progress progress = situation.progress();
    Stable stable = progress.stable();
    AliasTarget all = AliasTarget.only(there);
    boolean ours =
        all.equals(DriftRule.recordedTarget(situation))
            || all.equals(DriftRule.stepTarget(situation));
    if (stable == null || !ours) {
      return null;
    }
    if (there.equals(stable.version())) {
      return promotion(progress.history(), there);
    }
    // A step that is not confirmed yet came later than the last one that is.
    Instant confirmed = progress.stepStartedAt();
    return confirmed == null ? null : new Move(stable.version(), confirmed);
  }

  /** The promotion of what is stable now, from what served before it. */
  private static @Nullable Move promotion(List<HistoryEntry> history, VersionNumber stable) {
    int last = standing(history, 0);
    int earlier = last < 0 ? -1 : standing(history, last + 1);
    if (earlier < 0 || !stable.equals(history.get(last).version())) {
      return null;
    }
    VersionNumber before = history.get(earlier).version();
    return before == null ? null : new Move(before, history.get(last).finishedAt());
  }

  /** The newest promotion, from there on, that was not taken back afterwards; -1 for none. */
  private static int standing(List<HistoryEntry> history, int from) {
    Set<@Nullable VersionNumber> left = new HashSet<>();
    for (int index = from; index < history.size(); index++) {
      HistoryEntry entry = history.get(index);
      if (entry.isPromotion() && !left.contains(entry.version())) {
        return index;
      }
      if (entry.isGoingBack() && !entry.isPromotion()) {
        left.add(entry.version());
      }
    }
    return -1;
  }
}
