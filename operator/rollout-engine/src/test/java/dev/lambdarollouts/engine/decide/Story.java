package dev.lambdarollouts.engine.decide;

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
import dev.lambdarollouts.engine.fact.PublishedElsewhere;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Strategy;
import dev.lambdarollouts.engine.plan.StrategyNormaliser;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One stage lived through by a test: the facts are fields to change, and what is decided happens at
 * once.
 */
final class Story {
  static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  static final String OWNER = "0123456789";

  Instant at = START;
  Instant leaderSince = START.minusSeconds(3_600);
  Progress progress = Progress.BLANK;
  Plan plan = canary();
  DesiredRelease invalid;
  String desired = "A";
  String codeSha256;
  Observation.PausedBy paused;
  Observation.Deletion deletion = Observation.Deletion.NO;
  String ownedBy;
  StageBefore stageBefore = new StageBefore.None();
  AliasFact alias = new AliasFact.Missing(START);
  FunctionFact function;
  Map<String, VersionFact.Published> versions = new LinkedHashMap<>();
  VersionFact.State publishedAs = VersionFact.State.ACTIVE;
  String role = "role";
  AlarmSample.State alarm = AlarmSample.State.OK;
  Instant sampledAt;
  Instant transitionedAt = START.minusSeconds(86_400);
  Instant watchedSince = START.minusSeconds(3_600);
  Instant historyFrom;
  Instant recordedSince;
  Instant firedAt;
  Instant firedByHistory;
  Instant okAt;
  AwsFailure unanswered;
  AwsFailure lastFailure;
  Revisions revisions = Revisions.DEFAULT;
  ApprovalPolicy approval = ApprovalPolicy.NONE;
  Gates gates = Gates.OPEN;
  Policies policies = Policies.DEFAULT;
  Custody custody = new Custody.NotRead();
  LatestTraffic latestTraffic = new LatestTraffic.NotRead();
  PublishedElsewhere elsewhere;
  SideSettings side = SideSettings.NONE;
  Map<SideSetting, SideFact.State> beside = new HashMap<>();
  SideFact.State setAs = SideFact.State.AS_WANTED;
  SideFact besideUnread;
  Verdict last;
  final List<Decision> decisions = new ArrayList<>();

  static Plan canary() {
    return plan(
        AlarmPolicy.DEFAULT,
        null,
        List.of(
            new Entry.SetWeight(Weight.ofPercent(10)),
            new Entry.TimedPause(Duration.ofMinutes(5)),
            new Entry.SetWeight(Weight.ofPercent(50)),
            new Entry.TimedPause(Duration.ofMinutes(5))));
  }

  static Plan plan(AlarmPolicy policy, Duration bake, List<Entry> entries) {
    return normalised(
        new Strategy(
            new Strategy.Traffic.Canary(entries),
            List.of(new WatchedAlarm("errors", WatchedAlarm.OnInsufficientData.IGNORE)),
            policy,
            bake,
            null,
            Plan.OnDeadline.ROLLBACK));
  }

  static Plan normalised(Strategy strategy) {
    return switch (StrategyNormaliser.normalise(strategy)) {
      case StrategyNormaliser.Result.Normalised(Plan plan) -> plan;
      case StrategyNormaliser.Result.Refused refused ->
          throw new AssertionError("refused: " + refused);
    };
  }

  /** A stage that stands on release A, version 1, and is asked for B. */
  static Story withStableA() {
    Story story = new Story();
    story.untilQuiet();
    story.pass(Duration.ofMinutes(5));
    story.desired = "B";
    story.decisions.clear();
    return story;
  }

  /** Decides and acts until only time or an event can change anything. */
  Verdict untilQuiet(OpenAction... actions) {
    List<OpenAction> open = new ArrayList<>(List.of(actions));
    for (int passes = 0; passes < 40; passes++) {
      Progress before = progress;
      last = RolloutDecider.decide(progress, observe(open));
      progress = last.progress();
      open.clear();
      if (!(last.decision() instanceof Decision.Hold)) {
        decisions.add(last.decision());
        act(last.decision());
      } else if (progress.equals(before)) {
        return last;
      }
    }
    throw new AssertionError("never quiet: " + last);
  }

  /** Decides and acts once. */
  void once() {
    last = RolloutDecider.decide(progress, observe(List.of()));
    progress = last.progress();
    act(last.decision());
  }

  /** Time passes, then everything due is done. */
  Verdict pass(Duration duration) {
    at = at.plus(duration);
    return untilQuiet();
  }

  Verdict person(OpenAction.Verb verb) {
    return untilQuiet(action(verb));
  }

  OpenAction action(OpenAction.Verb verb) {
    return new OpenAction("uid-" + at + verb, verb, "alice", "because", null, null);
  }

  AliasTarget target() {
    return alias instanceof AliasFact.Present present ? present.target() : null;
  }

  AliasMark mark() {
    return alias instanceof AliasFact.Present present ? present.mark() : null;
  }

  /** Somebody else's doing. */
  void aliasIs(AliasTarget target) {
    alias = new AliasFact.Present(target, "foreign", mark(), at, AliasFact.Source.READ);
  }

  Observation observe(List<OpenAction> actions) {
    ReleaseId candidate =
        progress.candidate() == null ? new ReleaseId(desired) : progress.candidate().release();
    return new Observation(
        at,
        OWNER,
        leaderSince,
        invalid != null
            ? invalid
            : new DesiredRelease.Known(
                new ReleaseId(desired), "r" + desired, plan, codeSha256, side),
        paused,
        deletion,
        ownedBy,
        stageBefore,
        alias,
        function != null ? function : new FunctionFact.Ready("sha-" + candidate),
        versions.containsKey(candidate.value())
            ? versions.get(candidate.value())
            : new VersionFact.NotPublished(),
        progress.stable() == null
            ? new VersionFact.NotRead()
            : published(progress.stable().version().value(), "x", VersionFact.State.ACTIVE, "role"),
        List.of(
            new AlarmSample(
                "errors",
                alarm,
                sampledAt == null ? at : sampledAt,
                transitionedAt,
                watchedSince,
                historyFrom,
                firedAt,
                okAt,
                unanswered,
                recordedSince,
                firedByHistory)),
        actions,
        lastFailure,
        revisions,
        approval,
        gates,
        policies,
        custody,
        latestTraffic,
        elsewhere,
        beside());
  }

  private SideFact beside() {
    DesiredRelease wanted =
        new DesiredRelease.Known(new ReleaseId(desired), "r" + desired, plan, codeSha256, side);
    var asked = BesideTheRelease.toLookAt(progress, invalid == null ? wanted : invalid);
    if (asked.isEmpty()) {
      return new SideFact.NotRead();
    }
    Map<SideSetting, SideFact.State> states = new HashMap<>();
    asked.forEach(one -> states.put(one, beside.getOrDefault(one, SideFact.State.ABSENT)));
    return besideUnread != null ? besideUnread : new SideFact.Seen(states, Map.of());
  }

  private static VersionFact.Published published(
      String number, String release, VersionFact.State state, String role) {
    return new VersionFact.Published(
        new VersionNumber(number), state, "sha-" + release, role, null, "no reason");
  }

  private void act(Decision decision) {
    switch (decision) {
      case Decision.Hold hold -> {}
      case Decision.LetGo letGo -> progress = Progress.BLANK;
      case Decision.DeleteVersion delete -> {}
      case Decision.PublishLatest publish ->
          latestTraffic = new LatestTraffic.Seen(List.of(), false, new VersionNumber("5"));
      case Decision.TakeOver take -> custody = new Custody.Ours(true);
      case Decision.DeleteFunction delete -> custody = new Custody.Absent();
      case Decision.SetBeside(SideSetting what) -> beside.put(what, setAs);
      case Decision.TakeBack(SideSetting what) -> beside.remove(what);
      case Decision.Claim claim -> {
        custody = new Custody.Ours(false);
        function = elsewhere == null ? function : new FunctionFact.Claimed();
      }
      case Decision.ReadAlias read -> {
        if (alias instanceof AliasFact.Present present) {
          alias =
              new AliasFact.Present(
                  present.target(),
                  present.revisionId(),
                  present.mark(),
                  at,
                  AliasFact.Source.READ);
        }
      }
      case Decision.Deploy deploy -> function = null;
      case Decision.Publish(ReleaseId release, String sha) ->
          versions.put(
              release.value(),
              published(Integer.toString(versions.size() + 1), release.value(), publishedAs, role));
      case Decision.CreateAlias(AliasTarget target, AliasMark mark) -> replied(target, mark);
      case Decision.ShiftTo(AliasTarget target, AliasMark mark, String revision) ->
          replied(target, mark);
      case Decision.Promote(AliasTarget target, AliasMark mark, String revision) ->
          replied(target, mark);
      case Decision.RollBack(AliasTarget target, AliasMark mark, String revision) ->
          replied(target, mark);
      case Decision.WriteMark(AliasTarget target, AliasMark mark, String revision) ->
          replied(target, mark);
      case Decision.Restore(AliasTarget target, AliasMark mark, String revision) ->
          replied(target, mark);
    }
  }

  private void replied(AliasTarget target, AliasMark mark) {
    alias = new AliasFact.Present(target, "r" + decisions.size(), mark, at, AliasFact.Source.REPLY);
  }
}
