package dev.lambdarollouts.engine.fact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one decision about one stage is taken on.
 *
 * @param at the only time there is
 * @param owner this rollout's owner hash, as it stands in marks
 * @param leaderSince when this process became the one that acts
 * @param paused why everything but rollback is held, absent when it is not
 * @param deletion whether the rollout, or this stage of it, is to go
 * @param ownedBy who else claims the function, absent when nobody does; for people
 * @param stable the version recorded as stable, read for its role; {@code NotRead} when not needed
 * @param lastFailure the last call that failed since something last went well, absent when none did
 * @param revisions which versions are kept, and which there are
 * @param approval who must agree before traffic moves
 * @param gates what keeps traffic from moving, beside alarms and approvals
 * @param policies what the specs say of things that others did or made in AWS
 * @param custody whose the function is; asked for only where something depends on it
 * @param latestTraffic what reaches {@code $LATEST}; asked for only before an adoption
 * @param elsewhere somebody else publishes the function; absent where this operator does
 * @param side what is set beside the release
 */
public record Observation(
    Instant at,
    String owner,
    Instant leaderSince,
    DesiredRelease desired,
    @Nullable PausedBy paused,
    Deletion deletion,
    @Nullable String ownedBy,
    StageBefore stageBefore,
    AliasFact alias,
    FunctionFact function,
    VersionFact candidate,
    VersionFact stable,
    List<AlarmSample> alarms,
    List<OpenAction> actions,
    @Nullable AwsFailure lastFailure,
    Revisions revisions,
    ApprovalPolicy approval,
    Gates gates,
    Policies policies,
    Custody custody,
    LatestTraffic latestTraffic,
    @Nullable PublishedElsewhere elsewhere,
    SideFact side) {

  public Observation {
    alarms = List.copyOf(alarms);
    actions = List.copyOf(actions);
  }

  /** Who holds everything but rollback. */
  public enum PausedBy {
    /** {@code spec.paused} of the rollout. */
    ROLLOUT,
    /** {@code spec.suspended} of the stage. */
    STAGE
  }

  /** Whether it is to go. */
  public enum Deletion {
    /** It stays. */
    NO,
    /** It goes once the alias is on stable. */
    YES,
    /** It goes now, and nothing in AWS is touched. */
    ABANDON
  }

  /** The same moment with other gates. */
  public Observation with(Gates other) {
    return new Observation(
        at,
        owner,
        leaderSince,
        desired,
        paused,
        deletion,
        ownedBy,
        stageBefore,
        alias,
        function,
        candidate,
        stable,
        alarms,
        actions,
        lastFailure,
        revisions,
        approval,
        other,
        policies,
        custody,
        latestTraffic,
        elsewhere,
        side);
  }

  /** The same moment, without what was read of a candidate that is not the candidate any more. */
  public Observation withoutCandidate() {
    return new Observation(
        at,
        owner,
        leaderSince,
        desired,
        paused,
        deletion,
        ownedBy,
        stageBefore,
        alias,
        new FunctionFact.NotRead(),
        new VersionFact.NotRead(),
        stable,
        alarms,
        actions,
        lastFailure,
        revisions,
        approval,
        gates,
        policies,
        custody,
        latestTraffic,
        elsewhere,
        new SideFact.NotRead());
  }
}
