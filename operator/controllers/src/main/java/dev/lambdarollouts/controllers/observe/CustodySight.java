package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose a stage's function is, and before an adoption what reaches its {@code $LATEST}, as last
 * read. That it is ours is kept until something is, or may be, changed; all else may be mended by
 * somebody else at any time, and is asked again after a minute.
 */
public final class CustodySight {
  private static final String READ = "GetFunction for its tags";
  private static final String ENTRANCES = "what reaches $LATEST";
  private static final Duration FRESH = Duration.ofSeconds(55);

  private final Backoff backoff;
  private Custody custody = new Custody.NotRead();
  private Instant custodyAt = Instant.MIN;
  private LatestTraffic traffic = new LatestTraffic.NotRead();
  private Instant trafficAt = Instant.MIN;
  private @Nullable VersionNumber published;

  CustodySight(Backoff backoff) {
    this.backoff = backoff;
  }

  /** It was, or may have been, changed. */
  public void doubt() {
    custody = new Custody.NotRead();
    traffic = new LatestTraffic.NotRead();
    published = null;
  }

  /** {@code $LATEST} was published as it is; holds as long as what was seen of it. */
  public void published(VersionNumber version) {
    published = version;
  }

  /**
   * Reads it where what is known does not do.
   *
   * @param notBefore what was read earlier says nothing
   */
  Custody look(
      FunctionPort port,
      StagePlace place,
      Owner owner,
      Instant at,
      Duration longest,
      Instant notBefore) {
    boolean stillHolds =
        switch (custody) {
          case Custody.NotRead notRead -> false;
          case Custody.Unknown unknown -> false;
          case Custody.Ours ours -> true;
          case Custody.Absent absent -> isFresh(custodyAt, at);
          case Custody.Another another -> isFresh(custodyAt, at);
          case Custody.Nobodys nobodys -> isFresh(custodyAt, at);
        };
    boolean known = stillHolds && !custodyAt.isBefore(notBefore);
    if (!known && backoff.mayTry(READ, at)) {
      custody = port.custody(place.functionName(), owner);
      custodyAt = at;
      if (custody instanceof Custody.Unknown) {
        backoff.failed(READ, at, longest);
      } else {
        backoff.worked(READ);
      }
    }
    return custody;
  }

  LatestTraffic entrances(FunctionPort port, StagePlace place, Instant at, Duration longest) {
    boolean known = traffic instanceof LatestTraffic.Seen && isFresh(trafficAt, at);
    if (!known && backoff.mayTry(ENTRANCES, at)) {
      traffic = port.latestTraffic(place.functionName(), place.alias());
      published = null;
      trafficAt = at;
      if (traffic instanceof LatestTraffic.Unknown) {
        backoff.failed(ENTRANCES, at, longest);
      } else {
        backoff.worked(ENTRANCES);
      }
    }
    return traffic instanceof LatestTraffic.Seen seen
        ? new LatestTraffic.Seen(seen.entrances(), seen.provisioned(), published)
        : traffic;
  }

  private static boolean isFresh(Instant seenAt, Instant at) {
    return !seenAt.isAfter(at) && at.isBefore(seenAt.plus(FRESH));
  }
}
