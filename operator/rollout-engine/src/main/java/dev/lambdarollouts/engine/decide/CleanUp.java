package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.Revisions.Retention;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.Stable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which published version of a stage nobody needs any more; invariant 10. Level-based: what follows
 * from the status, the limit and a listing is the same after a restart. What is left over, because
 * AWS refused or nobody looked for a day, goes after the next attempt.
 */
public final class CleanUp {
  /** Invariant 10; requests and retries in AWS may still be on their way to a version. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  /** So long after the end of an attempt a stage at rest is still looked at. */
  private static final Duration LOOKED_AT_FOR = Duration.ofDays(1);

  private CleanUp() {}

  /** What there is to do. */
  public sealed interface Outlook {
    /** Nothing, before another attempt ends. */
    record Nothing() implements Outlook {}

    /** Something, but not before this moment. */
    record Later(Instant moment) implements Outlook {}

    /** This one goes. */
    record Delete(VersionNumber version) implements Outlook {}
  }

  /**
   * Whether the versions are worth a listing: an attempt has ended, and by the numbers that are
   * known there can be more versions than are kept.
   */
  public static boolean isWorthALook(Progress progress, Revisions revisions, Instant at) {
    Retention retention = revisions.retention();
    Stable stable = progress.stable();
    if (!progress.phase().atRest()
        || retention == null
        || stable == null
        || progress.history().isEmpty()
        || at.isAfter(end(progress).plus(LOOKED_AT_FOR))) {
      return false;
    }
    Candidate candidate = progress.candidate();
    Stream<@Nullable VersionNumber> known =
        Stream.concat(
            Stream.of(stable.version(), candidate == null ? null : candidate.version()),
            progress.history().stream().map(HistoryEntry::version));
    long highest =
        known
            .filter(Objects::nonNull)
            .filter(VersionNumber::isPublished)
            .mapToLong(version -> Long.parseLong(version.value()))
            .max()
            .orElse(0);
    return highest > retention.historyLimit() + 1L;
  }

  /** What there is to do, by a listing; nothing where there is none. */
  public static Outlook outlook(Progress progress, Revisions revisions, Instant at) {
    Retention retention = revisions.retention();
    if (retention == null
        || progress.history().isEmpty()
        || !progress.phase().atRest()
        || !(revisions.versions() instanceof Revisions.Versions.Listed(var all))) {
      return new Outlook.Nothing();
    }
    if (!othersAreAtRest(revisions)) {
      return new Outlook.Later(at.plus(GRACE));
    }
    Set<VersionNumber> needed = needed(progress, revisions, retention);
    List<ListedVersion> tooMany =
        all.stream()
            .filter(version -> version.number().isPublished())
            .filter(ListedVersion::marked)
            .filter(version -> !needed.contains(version.number()))
            .sorted(
                Comparator.comparing(ListedVersion::number, PromotedReleases.BY_NUMBER).reversed())
            .skip(retention.historyLimit())
            .filter(version -> version.unnamedSince() != null && !version.mayBeExecuting())
            .toList();
    return tooMany.reversed().stream()
        .min(Comparator.comparing(version -> quietAt(version, progress)))
        .<Outlook>map(
            version -> {
              Instant quietAt = quietAt(version, progress);
              return quietAt.isAfter(at)
                  ? new Outlook.Later(quietAt)
                  : new Outlook.Delete(version.number());
            })
        .orElseGet(Outlook.Nothing::new);
  }

  /** By then it has had no traffic for the grace: not of this stage's, and of no alias seen. */
  private static Instant quietAt(ListedVersion version, Progress progress) {
    Instant unnamed = Objects.requireNonNull(version.unnamedSince());
    Instant end = end(progress);
    return (unnamed.isAfter(end) ? unnamed : end).plus(GRACE);
  }

  /** Whatever had traffic in an attempt had it until its end at the latest. */
  private static Instant end(Progress progress) {
    return progress.history().getFirst().finishedAt();
  }

  private static boolean othersAreAtRest(Revisions revisions) {
    return revisions.beside().allKnown()
        && revisions.beside().stages().stream().allMatch(other -> other.phase().atRest());
  }

  private static Set<VersionNumber> needed(
      Progress progress, Revisions revisions, Retention retention) {
    Set<VersionNumber> needed = new HashSet<>(inUse(progress));
    PromotedReleases.window(progress, retention.window()).stream()
        .map(HistoryEntry::version)
        .filter(Objects::nonNull)
        .forEach(needed::add);
    for (Progress other : revisions.beside().stages()) {
      needed.addAll(inUse(other));
      other.history().stream()
          .map(HistoryEntry::version)
          .filter(Objects::nonNull)
          .forEach(needed::add);
    }
    return needed;
  }

  private static Set<VersionNumber> inUse(Progress progress) {
    Set<VersionNumber> inUse = new HashSet<>();
    if (progress.stable() != null) {
      inUse.add(progress.stable().version());
    }
    if (progress.candidate() != null && progress.candidate().version() != null) {
      inUse.add(progress.candidate().version());
    }
    return inUse;
  }

  /** What is deleted is no version to go back to: said before it is done. */
  static Progress forget(Progress progress, VersionNumber version) {
    return progress
        .with()
        .history(
            progress.history().stream()
                .map(
                    entry ->
                        entry.isPromotion() && version.equals(entry.version())
                            ? entry.withoutVersion()
                            : entry)
                .toList())
        .build();
  }
}
