package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function and its versions as last seen. Whatever AWS is still at work on is asked again, but
 * not more than once a second.
 */
public final class DeploySight {
  private static final String READ = "GetFunction";
  private static final String FIND = "ListVersionsByFunction";
  private static final String VERSION = "GetFunctionConfiguration";

  /** GetFunction's quota is 100 a second for the whole account. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Backoff backoff;
  private FunctionFact function = new FunctionFact.NotRead();
  private Instant functionAt = Instant.MIN;
  private @Nullable ReleaseId found;
  private VersionFact foundVersion = new VersionFact.NotRead();
  private final Map<VersionNumber, Seen> versions = new HashMap<>();

  private record Seen(VersionFact fact, Instant at) {}

  DeploySight(Backoff backoff) {
    this.backoff = backoff;
  }

  /** The reply to a deploy: as good as a read. */
  public void remember(FunctionFact told, Instant at) {
    function = told;
    functionAt = at;
  }

  /** The reply to a publish: the release need not be looked for any more. */
  public void remember(ReleaseId release, VersionFact.Published told, Instant at) {
    found = release;
    foundVersion = told;
    versions.put(told.number(), new Seen(told, at));
  }

  /** Something failed, and may have had its effect all the same: everything is looked up again. */
  public void doubt() {
    function = new FunctionFact.NotRead();
    found = null;
    foundVersion = new VersionFact.NotRead();
    versions.clear();
  }

  /** {@code $LATEST} against what is wanted. */
  FunctionFact function(
      FunctionPort port, FunctionDefinition wanted, Owner owner, Instant at, Duration longest) {
    return function(() -> port.read(wanted, owner), at, longest);
  }

  /** Whose the function is, where others make it. */
  FunctionFact ownership(
      FunctionPort port, StagePlace place, Owner owner, Instant at, Duration longest) {
    return function(() -> port.ownership(place.functionName(), owner), at, longest);
  }

  private FunctionFact function(Supplier<FunctionFact> read, Instant at, Duration longest) {
    boolean known =
        switch (function) {
          case FunctionFact.NotRead notRead -> false;
          case FunctionFact.Unknown unknown -> false;
          case FunctionFact.Absent absent -> isFresh(functionAt, at);
          case FunctionFact.OwnedByAnother another -> isFresh(functionAt, at);
          case FunctionFact.Unclaimed unclaimed -> isFresh(functionAt, at);
          case FunctionFact.Claimed claimed -> isFresh(functionAt, at);
          case FunctionFact.Settling settling -> isFresh(functionAt, at);
          case FunctionFact.Behind behind -> isFresh(functionAt, at);
          case FunctionFact.Ready ready -> isFresh(functionAt, at);
        };
    if (!known && backoff.mayTry(READ, at)) {
      remember(read.get(), at);
      if (function instanceof FunctionFact.Unknown) {
        backoff.failed(READ, at, longest);
      } else {
        backoff.worked(READ);
      }
    }
    return function;
  }

  /** The version that carries a release; looked for once, then known from the reply to publish. */
  VersionFact find(
      FunctionPort port, StagePlace place, ReleaseId release, Instant at, Duration longest) {
    boolean known =
        release.equals(found)
            && (foundVersion instanceof VersionFact.Published
                || foundVersion instanceof VersionFact.NotPublished);
    if (!known && backoff.mayTry(FIND, at)) {
      found = release;
      foundVersion = tried(FIND, port.find(place.functionName(), release), at, longest);
      if (foundVersion instanceof VersionFact.Published published) {
        versions.put(published.number(), new Seen(published, at));
      }
    }
    return release.equals(found) ? foundVersion : new VersionFact.NotRead();
  }

  /** One version by its number; what AWS has finished with does not change any more. */
  VersionFact version(
      FunctionPort port, StagePlace place, VersionNumber number, Instant at, Duration longest) {
    Seen seen = versions.get(number);
    boolean known =
        seen != null
            && seen.fact instanceof VersionFact.Published published
            && (published.state() != VersionFact.State.PENDING || isFresh(seen.at, at));
    if (!known && backoff.mayTry(VERSION, at)) {
      seen = new Seen(tried(VERSION, port.version(place.functionName(), number), at, longest), at);
      versions.put(number, seen);
    }
    return seen == null ? new VersionFact.NotRead() : seen.fact;
  }

  private VersionFact tried(String call, VersionFact fact, Instant at, Duration longest) {
    if (fact instanceof VersionFact.Unknown) {
      backoff.failed(call, at, longest);
    } else {
      backoff.worked(call);
    }
    return fact;
  }

  private static boolean isFresh(Instant seenAt, Instant at) {
    return seenAt.plus(FRESH).isAfter(at) && !seenAt.isAfter(at);
  }
}
