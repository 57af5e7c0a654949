package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.PublishedVersion;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.FunctionPort;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The version that somebody else published, as last seen. A version that is named is read once; the
 * newest is listed at each drift check. What was seen stands while AWS does not answer.
 */
public final class PublishedSight {
  private static final String READ = "ListVersionsByFunction of what others publish";

  private final DriftSchedule schedule;
  private final Backoff backoff;
  private @Nullable Asked asked;
  private VersionFact seen = new VersionFact.NotRead();
  private Instant seenAt = Instant.MIN;

  private record Asked(StagePlace place, @Nullable VersionNumber version) {}

  PublishedSight(DriftSchedule schedule, Backoff backoff) {
    this.schedule = schedule;
    this.backoff = backoff;
  }

  /**
   * The version that is asked for.
   *
   * @param longest between two tries
   */
  public VersionFact look(
      FunctionPort port,
      StagePlace place,
      PublishedVersion published,
      Instant at,
      Duration longest) {
    Asked now = new Asked(place, published.version());
    if (!now.equals(asked)) {
      asked = now;
      seen = new VersionFact.NotRead();
    }
    if (isDue(at) && backoff.mayTry(READ, at)) {
      read(port, now, at, longest);
    }
    return seen;
  }

  /** There is a newer version than the newest that was listed: listed again. */
  void doubt() {
    seenAt = Instant.EPOCH;
  }

  private boolean isDue(Instant at) {
    Instant next = next();
    return !(seen instanceof VersionFact.Published) || (next != null && !at.isBefore(next));
  }

  private void read(FunctionPort port, Asked now, Instant at, Duration longest) {
    String name = now.place.functionName();
    VersionFact found = now.version == null ? port.newest(name) : port.version(name, now.version);
    if (found instanceof VersionFact.Published) {
      backoff.worked(READ);
      seenAt = at;
    } else {
      backoff.failed(READ, at, longest);
    }
    if (!(found instanceof VersionFact.Unknown && seen instanceof VersionFact.Published)) {
      seen = found;
    }
  }

  /**
   * When the newest version is listed again; absent where a version is named, or none was found.
   */
  @Nullable Instant next() {
    return asked != null && asked.version == null && seen instanceof VersionFact.Published
        ? schedule.next(seenAt, true)
        : null;
  }
}
