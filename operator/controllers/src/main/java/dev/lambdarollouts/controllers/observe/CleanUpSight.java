package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.CleanUp;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.Revisions.Versions;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All published versions of a stage's function, listed after an attempt has ended and until nothing
 * is left to delete. A process that has just started does not know since when no alias names a
 * version: it deletes nothing before it has seen so for the whole grace.
 */
public final class CleanUpSight {
  /** A deletion that fails holds up nothing: it is tried again after this long at most. */
  public static final Duration LONGEST = Duration.ofHours(1);

  private static final String LIST = "ListAliases";

  /** An alias may name a version again; AWS itself refuses to delete one that an alias names. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /**
   * A listing that follows the one before within this counts with it: it is asked for after the
   * grace, and may be a little late. What aliases of others named in between, and left, is not
   * seen; listing each minute would cost more calls than the whole rollout.
   */
  private static final Duration UNBROKEN = CleanUp.GRACE.plus(FRESH);

  private final Backoff backoff;
  private final Map<VersionNumber, Instant> unnamedSince = new HashMap<>();
  private final Set<VersionNumber> refused = new HashSet<>();
  private List<ListedVersion> listed = List.of();
  private Instant listedAt = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private @Nullable Instant end;
  private boolean done;
  private boolean told;
  private @Nullable AwsFailure untold;

  CleanUpSight(Backoff backoff) {
    this.backoff = backoff;
  }

  /** The versions, where one of them may have to go. */
  Versions look(
      FunctionPort port,
      StagePlace place,
      Owner owner,
      Progress recorded,
      Revisions revisions,
      Instant at) {
    if (!CleanUp.isWorthALook(recorded, revisions, at)) {
      return new Versions.NotRead();
    }
    after(recorded.history().getFirst().finishedAt());
    if (done || at.isBefore(notBefore) || !isListed(port, place, owner, at)) {
      return new Versions.NotRead();
    }
    Versions versions =
        new Versions.Listed(
            listed.stream().filter(version -> !refused.contains(version.number())).toList());
    switch (CleanUp.outlook(recorded, revisions.with(versions), at)) {
      case CleanUp.Outlook.Nothing nothing -> done = true;
      case CleanUp.Outlook.Later(Instant moment) -> notBefore = moment;
      case CleanUp.Outlook.Delete delete -> {}
    }
    return versions;
  }

  /** What could not be deleted after the last attempt may be tried again after another. */
  private void after(Instant newestEnd) {
    if (!newestEnd.equals(end)) {
      end = newestEnd;
      done = false;
      told = false;
      notBefore = Instant.MIN;
      listedAt = Instant.MIN;
      refused.clear();
    }
  }

  private boolean isListed(FunctionPort port, StagePlace place, Owner owner, Instant at) {
    boolean fresh = !listedAt.isAfter(at) && at.isBefore(listedAt.plus(FRESH));
    if (listedAt.equals(Instant.MIN) || !fresh) {
      if (!backoff.mayTry(LIST, at)) {
        return false;
      }
      switch (port.versions(place.functionName(), owner, at)) {
        case AwsReply.Done<List<ListedVersion>>(List<ListedVersion> all) -> remember(all, at);
        case AwsReply.Failed<List<ListedVersion>> failed -> {
          backoff.failed(LIST, at, LONGEST);
          return false;
        }
      }
    }
    return true;
  }

  private void remember(List<ListedVersion> all, Instant at) {
    backoff.worked(LIST);
    boolean unbroken = !listedAt.isAfter(at) && !at.isAfter(listedAt.plus(UNBROKEN));
    listedAt = at;
    Map<VersionNumber, Instant> before = unbroken ? Map.copyOf(unnamedSince) : Map.of();
    unnamedSince.clear();
    for (ListedVersion version : all) {
      if (version.unnamedSince() != null) {
        unnamedSince.put(version.number(), before.getOrDefault(version.number(), at));
      }
    }
    listed =
        all.stream()
            .map(
                version ->
                    new ListedVersion(
                        version.number(),
                        version.marked(),
                        version.mayBeExecuting(),
                        unnamedSince.get(version.number())))
            .toList();
  }

  /** It is gone. */
  public void deleted(VersionNumber version) {
    listed = listed.stream().filter(one -> !one.number().equals(version)).toList();
  }

  /** It could not be deleted. What AWS refuses for this version is not asked for again. */
  public void failed(VersionNumber version, AwsFailure failure) {
    switch (failure.kind()) {
      case CONFLICT, INVALID -> refused.add(version);
      case NOT_FOUND, DENIED, THROTTLED, UNAVAILABLE -> {}
    }
    boolean matters =
        failure.kind() != AwsFailure.Kind.THROTTLED
            && failure.kind() != AwsFailure.Kind.UNAVAILABLE;
    if (matters && !told) {
      told = true;
      untold = failure;
    }
  }

  /** A failure that people do not know yet, once after each attempt; absent when there is none. */
  public @Nullable AwsFailure takeUntold() {
    AwsFailure failure = untold;
    untold = null;
    return failure;
  }

  /** When there is something to look at that nothing else wakes for. */
  @Nullable Instant next(Instant at) {
    return !done && notBefore.isAfter(at) ? notBefore : null;
  }
}
