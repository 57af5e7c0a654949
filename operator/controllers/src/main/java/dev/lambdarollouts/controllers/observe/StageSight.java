package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one stage in AWS beyond its status. Used by one pass at a time; lost
 * with the process, and nothing is lost with it.
 */
public final class StageSight {
  private final Backoff backoff = new Backoff();
  private final AliasSight alias;
  private final DeploySight deploy = new DeploySight(backoff);
  private final AlarmSight alarms = new AlarmSight();
  private final CleanUpSight cleanUp = new CleanUpSight(backoff);
  private final Refusals refusals = new Refusals();
  private final CustodySight custody = new CustodySight(backoff);
  private final PublishedSight published;
  private final SideSight side = new SideSight(backoff);
  private final EditedCredentials credentials = new EditedCredentials(backoff);
  private @Nullable AwsFailure lastFailure;
  private @Nullable AwsFailure callerFailure;
  private @Nullable StagePlace lastPlace;
  private int attempt;
  private boolean going;

  /**
   * @param schedule of the drift check
   * @param at this moment, the stage's first sight
   */
  public StageSight(DriftSchedule schedule, Instant at) {
    alias = new AliasSight(schedule, at);
    published = new PublishedSight(schedule, backoff);
  }

  public AliasSight alias() {
    return alias;
  }

  public DeploySight deploy() {
    return deploy;
  }

  public Backoff backoff() {
    return backoff;
  }

  public CleanUpSight cleanUp() {
    return cleanUp;
  }

  public Refusals refusals() {
    return refusals;
  }

  public CustodySight custody() {
    return custody;
  }

  /** What somebody else published. */
  public PublishedSight published() {
    return published;
  }

  /** What is set beside the release. */
  public SideSight side() {
    return side;
  }

  /** By which credentials. */
  public EditedCredentials credentials() {
    return credentials;
  }

  AlarmSight alarms() {
    return alarms;
  }

  /** The last call that failed since one last went well; absent when none did. */
  public @Nullable AwsFailure lastFailure() {
    return lastFailure;
  }

  /** Why it is not known whose credentials these are; absent when it is. */
  @Nullable AwsFailure callerFailure() {
    return callerFailure;
  }

  void callerFailure(@Nullable AwsFailure failure) {
    callerFailure = failure;
  }

  /** The function is another owner's than before: what was seen of it does not count. */
  public void taken() {
    custody.doubt();
    deploy.doubt();
  }

  /** A call to change something failed. */
  public void failed(AwsFailure failure) {
    lastFailure = failure;
    alias.doubt();
    deploy.doubt();
    custody.doubt();
    side.doubt();
  }

  /** A call to change something went well. */
  public void worked() {
    lastFailure = null;
  }

  /** Where the stage last was known to run: enough to roll it back when its spec is broken. */
  public @Nullable StagePlace lastPlace() {
    return lastPlace;
  }

  /** Where it runs now. Moved elsewhere, nothing that was seen before counts. */
  public void at(StagePlace place) {
    if (lastPlace != null && !lastPlace.equals(place)) {
      alias.doubt();
      deploy.doubt();
      custody.doubt();
      side.doubt();
      // What was refused to other credentials says nothing of these.
      callerFailure = null;
      backoff.forget();
    }
    lastPlace = place;
  }

  /** The stage is to go: where it is left is looked at once more, not remembered. */
  void goes() {
    if (!going) {
      going = true;
      alias.doubt();
    }
  }

  /** A new attempt does not begin with the last one's failure. */
  void attempt(int number) {
    if (number != attempt) {
      attempt = number;
      lastFailure = null;
    }
  }

  /** When a call that failed may be tried again; absent when none failed. */
  public @Nullable Instant nextTry(Instant at) {
    return backoff.next(at);
  }

  /** When versions that nobody needs any more are looked at again; absent when none are. */
  public @Nullable Instant nextCleanUp(Instant at) {
    return cleanUp.next(at);
  }

  /** When what others published is listed again; absent when it is not. */
  public @Nullable Instant nextPublished() {
    return published.next();
  }

  /** When the alias is looked at again if nothing happens before. */
  public Instant nextCheck(boolean atRest) {
    return alias.nextCheck(atRest);
  }

  /** The stage is gone from this process: nobody has to be told of its alarms any more. */
  public void close(String watcher) {
    alarms.end(watcher);
  }
}
