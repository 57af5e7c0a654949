package dev.lambdarollouts.reliability.explore;

import dev.lambdarollouts.engine.decide.Decision;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tiny AWS, cluster and clock as one immutable value, so that every reachable one can be visited.
 *
 * @param latest the release that {@code $LATEST} holds, null before it was created
 * @param published version number to release
 * @param target of the alias, null when there is none
 * @param desired what Git asks for
 * @param blind AWS does not answer reads
 * @param end what became of the rollout
 */
record World(
    Progress progress,
    String latest,
    Map<Integer, String> published,
    AliasTarget target,
    AliasMark mark,
    AliasFact.Source source,
    String desired,
    AlarmSample.State alarm,
    boolean paused,
    boolean blind,
    boolean invalid,
    Instant at,
    Plan plan,
    ApprovalPolicy approval,
    End end) {

  /** Of the rollout. */
  enum End {
    NONE,
    /** It is deleted, and its finalizer holds. */
    DELETED,
    /** The finalizer is gone: the operator looks at it no more. */
    GONE
  }

  static final String OWNER = "0123456789";
  static final String ALARM = "errors";

  World {
    published = Map.copyOf(published);
  }

  static World fresh(Plan plan, Instant at, ApprovalPolicy approval) {
    return new World(
        Progress.BLANK,
        null,
        Map.of(),
        null,
        null,
        AliasFact.Source.READ,
        "A",
        AlarmSample.State.OK,
        false,
        false,
        false,
        at,
        plan,
        approval,
        End.NONE);
  }

  Observation observe(List<OpenAction> actions) {
    return new Observation(
        at,
        OWNER,
        at.minusSeconds(86_400),
        invalid
            ? new DesiredRelease.Invalid("spec.code", "found nothing; give it a code")
            : new DesiredRelease.Known(new ReleaseId(desired), null, plan, null, SideSettings.NONE),
        paused ? Observation.PausedBy.ROLLOUT : null,
        end == End.NONE ? Observation.Deletion.NO : Observation.Deletion.YES,
        null,
        new StageBefore.None(),
        alias(),
        function(),
        candidate(),
        stable(),
        List.of(
            new AlarmSample(
                ALARM,
                alarm,
                alarm == AlarmSample.State.UNKNOWN ? at.minusSeconds(600) : at,
                at.minusSeconds(3_600),
                at.minusSeconds(3_600),
                null,
                null)),
        actions,
        null,
        Revisions.DEFAULT,
        approval,
        Gates.OPEN,
        Policies.DEFAULT,
        new Custody.NotRead(),
        new LatestTraffic.NotRead(),
        null,
        new SideFact.NotRead());
  }

  private AliasFact alias() {
    if (blind) {
      return new AliasFact.Unknown(
          new AwsFailure(AwsFailure.Kind.UNAVAILABLE, "GetAlias", "no answer"));
    }
    return target == null
        ? new AliasFact.Missing(at)
        : new AliasFact.Present(target, revision(), mark, at, source);
  }

  /** Any other target or mark is another revision. */
  String revision() {
    return target + "/" + (mark == null ? "" : mark.description());
  }

  private FunctionFact function() {
    if (latest == null) {
      return new FunctionFact.Absent();
    }
    Candidate candidate = progress.candidate();
    String wanted = candidate == null ? desired : candidate.release().value();
    return latest.equals(wanted)
        ? new FunctionFact.Ready("sha-" + latest)
        : new FunctionFact.Behind(FunctionFact.DeployStep.CODE);
  }

  private VersionFact candidate() {
    Candidate candidate = progress.candidate();
    if (candidate == null) {
      return new VersionFact.NotPublished();
    }
    return published.entrySet().stream()
        .filter(version -> version.getValue().equals(candidate.release().value()))
        .findFirst()
        .<VersionFact>map(version -> fact(version.getKey(), version.getValue()))
        .orElseGet(VersionFact.NotPublished::new);
  }

  private VersionFact stable() {
    if (progress.stable() == null || blind) {
      return new VersionFact.NotRead();
    }
    int number = Integer.parseInt(progress.stable().version().value());
    return fact(number, published.getOrDefault(number, "by hand"));
  }

  private static VersionFact.Published fact(int number, String release) {
    return new VersionFact.Published(
        new VersionNumber(Integer.toString(number)),
        VersionFact.State.ACTIVE,
        "sha-" + release,
        "role",
        null,
        null);
  }

  /** What AWS is after a decision was carried out. */
  World after(Decision decision) {
    Candidate candidate = progress.candidate();
    return switch (decision) {
      case Decision.Hold hold -> this;
      case Decision.LetGo letGo -> endIs(End.GONE);
      case Decision.DeleteVersion(var gone) ->
          throw new AssertionError("nothing was listed: " + gone);
      case Decision.PublishLatest publish -> throw new AssertionError("nothing is adopted here");
      case Decision.TakeOver take -> throw new AssertionError("nothing is another's here");
      case Decision.DeleteFunction delete -> throw new AssertionError("nothing is deleted here");
      case Decision.SetBeside set -> throw new AssertionError("nothing is asked for: " + set);
      case Decision.TakeBack back -> throw new AssertionError("nothing was set: " + back);
      case Decision.Claim claim -> throw new AssertionError("made here: " + claim);
      case Decision.ReadAlias read -> aliasIs(target, mark, AliasFact.Source.READ);
      case Decision.Deploy deploy -> latestIs(Objects.requireNonNull(candidate).release().value());
      case Decision.Publish publish -> publish(publish);
      case Decision.CreateAlias create ->
          aliasIs(create.target(), create.mark(), AliasFact.Source.REPLY);
      case Decision.ShiftTo shift -> update(shift.target(), shift.mark(), shift.revisionId());
      case Decision.Promote promote ->
          update(promote.target(), promote.mark(), promote.revisionId());
      case Decision.RollBack back -> update(back.target(), back.mark(), back.revisionId());
      case Decision.Restore restore ->
          update(restore.target(), restore.mark(), restore.revisionId());
      case Decision.WriteMark write -> update(write.target(), write.mark(), write.revisionId());
    };
  }

  private World publish(Decision.Publish publish) {
    Map<Integer, String> versions = new TreeMap<>(published);
    versions.put(versions.size() + 1, publish.release().value());
    return new World(
        progress, latest, versions, target, mark, source, desired, alarm, paused, blind, invalid,
        at, plan, approval, end);
  }

  private World update(AliasTarget to, AliasMark with, String revisionId) {
    return revisionId.equals(revision()) ? aliasIs(to, with, AliasFact.Source.REPLY) : this;
  }

  World aliasIs(AliasTarget to, AliasMark with, AliasFact.Source from) {
    return new World(
        progress, latest, published, to, with, from, desired, alarm, paused, blind, invalid, at,
        plan, approval, end);
  }

  private World latestIs(String release) {
    return new World(
        progress, release, published, target, mark, source, desired, alarm, paused, blind, invalid,
        at, plan, approval, end);
  }

  World remembers(Progress next) {
    return new World(
        next, latest, published, target, mark, source, desired, alarm, paused, blind, invalid, at,
        plan, approval, end);
  }

  World desires(String release) {
    return new World(
        progress, latest, published, target, mark, source, release, alarm, paused, blind, invalid,
        at, plan, approval, end);
  }

  World alarmIs(AlarmSample.State state) {
    return new World(
        progress, latest, published, target, mark, source, desired, state, paused, blind, invalid,
        at, plan, approval, end);
  }

  World pausedIs(boolean held) {
    return new World(
        progress, latest, published, target, mark, source, desired, alarm, held, blind, invalid, at,
        plan, approval, end);
  }

  World blindIs(boolean unseen) {
    return new World(
        progress, latest, published, target, mark, source, desired, alarm, paused, unseen, invalid,
        at, plan, approval, end);
  }

  World invalidIs(boolean wrong) {
    return new World(
        progress, latest, published, target, mark, source, desired, alarm, paused, blind, wrong, at,
        plan, approval, end);
  }

  World endIs(End becomes) {
    return new World(
        progress, latest, published, target, mark, source, desired, alarm, paused, blind, invalid,
        at, plan, approval, becomes);
  }

  World at(Instant moment) {
    return new World(
        progress, latest, published, target, mark, source, desired, alarm, paused, blind, invalid,
        moment, plan, approval, end);
  }

  /** Two worlds with the same key behave alike: times count only by what is still to come. */
  Key key() {
    return Key.of(
        progress.phase(),
        progress.candidate(),
        progress.stable(),
        progress.plan() != null,
        progress.entryIndex(),
        progress.weight(),
        progress.stepStartedAt() != null,
        isDue(progress.nextStepAt()),
        progress.pause() == null ? null : progress.pause().reason(),
        progress.pause() == null ? null : progress.pause().from(),
        progress.excused(),
        rejections(),
        progress.attempt() == 0,
        PromotedReleases.of(progress).stream().map(HistoryEntry::version).toList(),
        progress.history().stream()
            .filter(entry -> entry.isPromotion() || entry.isGoingBack())
            .findFirst()
            .map(HistoryEntry::isGoingBack),
        latest,
        published,
        target,
        mark,
        source,
        desired,
        alarm,
        paused,
        blind,
        invalid,
        end,
        progress.promotedFully() != null,
        progress.approvals().stream().map(one -> List.of(one.release(), one.by())).toList(),
        isDue(lapsesAt()));
  }

  /** In no order. */
  private Set<Object> rejections() {
    Set<Object> rejections = new HashSet<>();
    progress.rejected().forEach(one -> rejections.add(List.of(one.release(), one.phase())));
    return rejections;
  }

  /** What a world is told from others by; its hash is asked for again and again. */
  static final class Key {
    private final Object[] parts;
    private final int hash;

    private Key(Object[] parts) {
      this.parts = parts;
      this.hash = Arrays.hashCode(parts);
    }

    static Key of(Object... parts) {
      return new Key(parts);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && hash == key.hash && Arrays.equals(parts, key.parts);
    }
  }

  /** When approval is waited for no longer. */
  Instant lapsesAt() {
    return progress.gatesOpenSince() == null || approval.timeout() == null
        ? null
        : progress.gatesOpenSince().plus(approval.timeout());
  }

  private String isDue(Instant moment) {
    return moment == null ? "none" : moment.isAfter(at) ? "later" : "due";
  }
}
