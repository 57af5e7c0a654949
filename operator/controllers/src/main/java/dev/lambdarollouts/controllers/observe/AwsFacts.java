package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.progress.Stable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What AWS says of one stage.
 *
 * @param ownedBy who else has the function, for people; absent when nobody does
 * @param strangers the credentials are another account's: nothing was asked
 * @param failure the last one that still stands; absent when none does
 * @param versions all of the function, where one may have to go
 * @param custody whose the function is, where something depends on it
 * @param latestTraffic what reaches {@code $LATEST}, before an adoption
 * @param found what an alias stands on that is no rollout's yet; absent where it was not asked for
 * @param side what is set beside the release, where something follows from it
 */
record AwsFacts(
    AliasFact alias,
    FunctionFact function,
    VersionFact candidate,
    VersionFact stable,
    List<AlarmSample> alarms,
    @Nullable String ownedBy,
    boolean strangers,
    @Nullable AwsFailure failure,
    Revisions.Versions versions,
    Custody custody,
    LatestTraffic latestTraffic,
    @Nullable Stable found,
    SideFact side) {

  /** Nothing was asked. */
  static AwsFacts notAsked(@Nullable AwsFailure failure) {
    return samples(List.of(), failure);
  }

  /** Only alarms are known. */
  static AwsFacts samples(List<AlarmSample> alarms, @Nullable AwsFailure failure) {
    return new AwsFacts(
        new AliasFact.NotRead(),
        new FunctionFact.NotRead(),
        new VersionFact.NotRead(),
        new VersionFact.NotRead(),
        alarms,
        null,
        false,
        failure,
        new Revisions.Versions.NotRead(),
        new Custody.NotRead(),
        new LatestTraffic.NotRead(),
        null,
        new SideFact.NotRead());
  }

  /** Somebody else has the function: nothing more was asked. */
  static AwsFacts ownedBy(String who) {
    return new AwsFacts(
        new AliasFact.NotRead(),
        new FunctionFact.NotRead(),
        new VersionFact.NotRead(),
        new VersionFact.NotRead(),
        List.of(),
        who,
        false,
        null,
        new Revisions.Versions.NotRead(),
        new Custody.NotRead(),
        new LatestTraffic.NotRead(),
        null,
        new SideFact.NotRead());
  }

  /** Nothing may be asked, or nobody knows where. */
  static AwsFacts closed(AwsFailure failure, boolean strangers) {
    return new AwsFacts(
        new AliasFact.Unknown(failure),
        new FunctionFact.Unknown(failure),
        new VersionFact.Unknown(failure),
        new VersionFact.Unknown(failure),
        List.of(),
        null,
        strangers,
        failure,
        new Revisions.Versions.NotRead(),
        new Custody.Unknown(failure),
        new LatestTraffic.Unknown(failure),
        null,
        new SideFact.NotRead());
  }
}
