package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alias with provisioned concurrency of somebody's making: after we moved it, AWS itself adds a
 * weight of 100 % for the version before, until the new one is provisioned, and takes it away
 * again. That is nobody's move, for a while.
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

  /** Waits for its end; absent where this is none, or takes too long to be one. */
  static @Nullable Step holds(Situation situation) {
    AliasFact.Present alias = situation.alias();
    AliasTarget.Route beside = alias == null ? null : alias.target().additional();
    if (alias == null || beside == null || !beside.weight().isAll()) {
      return null;
    }
    AliasTarget all = AliasTarget.only(alias.target().primary());
    boolean ours =
        all.equals(DriftRule.recordedTarget(situation))
            || all.equals(DriftRule.stepTarget(situation));
    Instant at = situation.seen().at();
    Instant since = ours ? lastMove(situation) : null;
    if (since == null || !at.isBefore(since.plus(LONGEST))) {
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

  /** The last moment at which this operator may have moved the alias. */
  private static @Nullable Instant lastMove(Situation situation) {
    var progress = situation.progress();
    Instant ended =
        progress.history().stream().findFirst().map(HistoryEntry::finishedAt).orElse(null);
    return Stream.of(progress.stepStartedAt(), progress.progressSince(), ended)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
