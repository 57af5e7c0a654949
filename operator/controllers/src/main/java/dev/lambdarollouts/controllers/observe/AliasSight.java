package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage's alias as last seen. The reply to a change is the reading that the next change is fenced
 * by, so a step costs one call; it is read again when something failed, when the engine asks, and
 * once in the drift check's interval.
 */
public final class AliasSight {
  /** Under this name reads back off. */
  static final String READ = "GetAlias";

  /** Going back does not wait for the next try of what was less urgent. */
  private static final String READ_TO_GO_BACK = "GetAlias to go back";

  private static final Logger LOG = LoggerFactory.getLogger(AliasSight.class);

  private final DriftSchedule schedule;
  private AliasFact fact = new AliasFact.NotRead();
  private Instant seenAt;
  private boolean doubted;

  AliasSight(DriftSchedule schedule, Instant firstSeen) {
    this.schedule = schedule;
    this.seenAt = firstSeen;
  }

  /** AWS told: by a read, or in its reply to a change. */
  public void remember(AliasFact told, Instant at) {
    fact =
        switch (told) {
          case AliasFact.Present present ->
              new AliasFact.Present(
                  present.target(),
                  present.revisionId(),
                  present.mark(),
                  present.at().truncatedTo(ChronoUnit.MILLIS),
                  present.source());
          case AliasFact.Missing missing ->
              new AliasFact.Missing(missing.at().truncatedTo(ChronoUnit.MILLIS));
          case AliasFact.Unknown unknown -> unknown;
          case AliasFact.NotRead notRead -> notRead;
        };
    doubted = false;
    seenAt = at;
  }

  /** A change failed, or may have happened without a reply: to be read before it is believed. */
  public void doubt() {
    doubted = true;
  }

  /** When AWS told it last. */
  Instant seenAt() {
    return seenAt;
  }

  /** When to look again if nothing happens before. */
  Instant nextCheck(boolean atRest) {
    return schedule.next(seenAt, atRest);
  }

  /**
   * Reads it where what is known does not do.
   *
   * @param curious at first sight it is read, not only when its turn comes
   * @param atRest nothing is under way
   */
  AliasFact look(
      AliasPort port,
      StagePlace place,
      Urgency urgency,
      Instant at,
      boolean curious,
      boolean atRest,
      Backoff backoff,
      Duration longest) {
    boolean needed =
        switch (fact) {
          case AliasFact.Present present -> doubted || isDue(at, atRest);
          case AliasFact.Missing missing -> doubted || isDue(at, atRest);
          case AliasFact.Unknown unknown -> true;
          case AliasFact.NotRead notRead -> doubted || curious || isDue(at, atRest);
        };
    if (needed && backoff.mayTry(tries(urgency), at)) {
      read(port, place, urgency, at, backoff, longest);
    }
    return fact;
  }

  /**
   * Reads it, whatever is known.
   *
   * @return whether AWS answered
   */
  public boolean read(
      AliasPort port,
      StagePlace place,
      Urgency urgency,
      Instant at,
      Backoff backoff,
      Duration longest) {
    boolean failedBefore = fact instanceof AliasFact.Unknown;
    remember(port.read(place.functionName(), place.alias(), urgency), at);
    if (fact instanceof AliasFact.Unknown(AwsFailure failure)) {
      if (!failedBefore) {
        LOG.warn("Alias {} cannot be read, where it is is unknown: {}", name(place), failure);
      }
      backoff.failed(tries(urgency), at, longest);
      return false;
    }
    if (failedBefore) {
      LOG.info("Alias {} can be read again", name(place));
    }
    backoff.worked(READ);
    backoff.worked(READ_TO_GO_BACK);
    return true;
  }

  private static String tries(Urgency urgency) {
    return urgency == Urgency.ROLLBACK ? READ_TO_GO_BACK : READ;
  }

  private static String name(StagePlace place) {
    return place.functionName() + ":" + place.alias() + " in " + place.target().region();
  }

  private boolean isDue(Instant at, boolean atRest) {
    return !at.isBefore(nextCheck(atRest));
  }
}
