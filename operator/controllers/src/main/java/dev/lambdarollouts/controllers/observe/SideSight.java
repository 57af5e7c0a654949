package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What is set beside the release, as last seen: asked for only where something follows from it. */
public final class SideSight {
  private static final String READ = "GetFunction beside the release";

  /** What AWS is at work on, or we are about to change. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** All is as wanted: what waits for something else need not ask each time. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Backoff backoff;
  private @Nullable Asked asked;
  private SideFact fact = new SideFact.NotRead();
  private Instant seenAt = Instant.MIN;

  private record Asked(StagePlace place, SideSettings wanted, Set<SideSetting> what) {}

  SideSight(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Something was changed, or may have been: asked again. */
  public void doubt() {
    asked = null;
  }

  SideFact look(
      FunctionPort port,
      StagePlace place,
      Owner owner,
      SideSettings wanted,
      SortedSet<SideSetting> what,
      Instant at,
      Duration longest) {
    if (what.isEmpty()) {
      return new SideFact.NotRead();
    }
    Asked now = new Asked(place, wanted, Set.copyOf(what));
    if (!now.equals(asked)) {
      asked = now;
      fact = new SideFact.NotRead();
    }
    if (!isFresh(at) && backoff.mayTry(READ, at)) {
      fact = port.beside(place.functionName(), owner, wanted, what);
      seenAt = at;
      if (fact instanceof SideFact.Unknown) {
        backoff.failed(READ, at, longest);
      } else {
        backoff.worked(READ);
      }
    }
    return fact;
  }

  private boolean isFresh(Instant at) {
    if (!(fact instanceof SideFact.Seen seen) || seenAt.isAfter(at)) {
      return false;
    }
    boolean settled = seen.states().values().stream().allMatch(SideFact.State.AS_WANTED::equals);
    return seenAt.plus(settled ? SETTLED : FRESH).isAfter(at);
  }
}
