package dev.lambdarollouts.reliability.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.decide.RolloutDecider;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.OpenAction.Verb;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExhaustiveExplorationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * What may happen besides people, alarms and releases; all of it at once is three million states.
   */
  private enum Disturbance {
    AWS_DOES_NOT_ANSWER,
    SOMEBODY_MOVES_THE_ALIAS,
    PAUSED,
    INVALID,
    DELETED
  }

  /** A look, a call and its confirmation, and room for one more of each. */
  private static final int MOST_TO_LET_GO = 6;

  private static final Entry TEN = new Entry.SetWeight(Weight.ofPercent(10));
  private static final Entry FIFTY = new Entry.SetWeight(Weight.ofPercent(50));
  private static final Entry ALL = new Entry.SetWeight(Weight.ALL);

  /** As short as each question allows: every entry more is half as many states again. */
  private static Plan plan(
      AlarmPolicy.AlreadyFiring alreadyFiring, Duration bake, Entry... entries) {
    return new Plan(
        List.of(entries),
        List.of(new WatchedAlarm(World.ALARM, WatchedAlarm.OnInsufficientData.HOLD)),
        new AlarmPolicy(alreadyFiring, AlarmPolicy.OnPollFailure.HOLD, Duration.ofSeconds(60)),
        bake,
        Duration.ofHours(2),
        Plan.OnDeadline.ROLLBACK);
  }

  @Test
  void theInvariantsHoldOnEveryEdgeWhenAwsFailsAndTheAliasIsMoved() {
    explore(
        plan(
            AlarmPolicy.AlreadyFiring.BLOCK,
            Duration.ofMinutes(5),
            TEN,
            new Entry.TimedPause(Duration.ofMinutes(5)),
            ALL),
        Set.of(Disturbance.AWS_DOES_NOT_ANSWER, Disturbance.SOMEBODY_MOVES_THE_ALIAS),
        AlarmSample.State.UNKNOWN);
  }

  @Test
  void theInvariantsHoldOnEveryEdgeWhenHeldOrInvalidAndAlarmsAreExcused() {
    explore(
        plan(
            AlarmPolicy.AlreadyFiring.IGNORE,
            Duration.ZERO,
            TEN,
            new Entry.IndefinitePause(Duration.ofHours(1), Entry.OnTimeout.ABORT),
            ALL),
        Set.of(Disturbance.PAUSED, Disturbance.INVALID),
        AlarmSample.State.INSUFFICIENT_DATA);
  }

  @Test
  void theInvariantsHoldOnEveryEdgeWhenAPersonHasToApproveInTime() {
    explore(
        waitsForPromote(),
        Set.of(),
        EnumSet.of(Verb.APPROVE, Verb.REJECT, Verb.RETRY, Verb.PROMOTE_FULLY),
        new ApprovalPolicy(1, Duration.ofMinutes(10)));
  }

  @Test
  void theInvariantsHoldOnEveryEdgeWhenPeopleHoldItAndHurryIt() {
    explore(
        waitsForPromote(),
        Set.of(),
        EnumSet.of(Verb.PAUSE, Verb.RESUME, Verb.PROMOTE, Verb.PROMOTE_FULLY, Verb.RETRY),
        ApprovalPolicy.NONE);
  }

  /**
   * From its deletion on only what the rest of it depends on may still happen, AWS that does not
   * answer among it; until then as little as leads to every phase with traffic.
   */
  @Test
  void invariant9HoldsOnEveryEdgeWhereverItIsDeleted() {
    explore(
        plan(AlarmPolicy.AlreadyFiring.BLOCK, Duration.ofMinutes(5), TEN, ALL),
        Set.of(Disturbance.SOMEBODY_MOVES_THE_ALIAS, Disturbance.DELETED),
        EnumSet.of(Verb.ABORT),
        ApprovalPolicy.NONE,
        EnumSet.of(AlarmSample.State.OK));
  }

  private static Plan waitsForPromote() {
    return plan(
        AlarmPolicy.AlreadyFiring.BLOCK,
        Duration.ZERO,
        TEN,
        new Entry.IndefinitePause(null, Entry.OnTimeout.ABORT),
        FIFTY,
        ALL);
  }

  /** How a state was first reached; without the states between, for there are too many to keep. */
  private record Way(Way before, String move) {
    String told() {
      List<String> moves = new ArrayList<>();
      for (Way at = this; at.before != null; at = at.before) {
        moves.add(at.move);
      }
      return moves.reversed().toString();
    }
  }

  private record Arrival(World.Key key, Way way, World world) {
    static Arrival at(World world, Way way) {
      return new Arrival(world.key(), way, world);
    }

    List<Arrival> next(
        Set<Disturbance> disturbances, Set<Verb> verbs, Set<AlarmSample.State> alarms) {
      return moves(this, disturbances, verbs, alarms).entrySet().stream()
          .filter(move -> move.getValue().end() != World.End.GONE)
          .map(move -> at(move.getValue(), new Way(way, move.getKey())))
          .toList();
    }
  }

  /**
   * @param neither what an alarm may be besides OK and ALARM; both of the two there are is half as
   *     many states again
   */
  private static void explore(Plan plan, Set<Disturbance> disturbances, AlarmSample.State neither) {
    explore(
        plan,
        disturbances,
        EnumSet.of(Verb.PROMOTE, Verb.ABORT, Verb.RETRY),
        ApprovalPolicy.NONE,
        EnumSet.of(AlarmSample.State.OK, AlarmSample.State.ALARM, neither));
  }

  private static void explore(
      Plan plan, Set<Disturbance> disturbances, Set<Verb> verbs, ApprovalPolicy approval) {
    explore(
        plan,
        disturbances,
        verbs,
        approval,
        EnumSet.complementOf(EnumSet.of(AlarmSample.State.MISSING)));
  }

  private static void explore(
      Plan plan,
      Set<Disturbance> disturbances,
      Set<Verb> verbs,
      ApprovalPolicy approval,
      Set<AlarmSample.State> alarms) {
    Arrival first = Arrival.at(World.fresh(plan, START, approval), new Way(null, "start"));
    Set<World.Key> reached = new HashSet<>(Set.of(first.key()));
    Map<StagePhase, Integer> phases = new TreeMap<>();
    List<Arrival> newest = List.of(first);
    while (!newest.isEmpty()) {
      newest.forEach(at -> phases.merge(at.world().progress().phase(), 1, Integer::sum));
      // Decided on all cores, gathered in order: the same states are reached at every run.
      List<List<Arrival>> arrivals =
          newest.parallelStream()
              .map(
                  at ->
                      at.next(disturbances, verbs, alarms).stream()
                          .filter(arrival -> !reached.contains(arrival.key()))
                          .toList())
              .toList();
      newest =
          arrivals.stream()
              .flatMap(List::stream)
              .filter(arrival -> reached.add(arrival.key()))
              .toList();
    }
    System.out.println(reached.size() + " states reached, by phase: " + phases);
    assertThat(phases.keySet())
        .as("an exploration that misses a phase shows nothing of it")
        .contains(
            StagePhase.PENDING,
            StagePhase.DEPLOYING,
            StagePhase.SHIFTING,
            StagePhase.PAUSED,
            StagePhase.ROLLING_BACK,
            StagePhase.SUCCEEDED,
            StagePhase.ROLLED_BACK,
            StagePhase.FAILED);
    assertThat(plan.bakeTime().isZero() || phases.containsKey(StagePhase.BAKING)).isTrue();
  }

  private static Map<String, World> moves(
      Arrival from, Set<Disturbance> disturbances, Set<Verb> verbs, Set<AlarmSample.State> alarms) {
    World world = from.world();
    Map<String, World> moves = new TreeMap<>();
    Judged judged = decided(from, List.of());
    moves.put("reconcile", judged.called());
    moves.put("crash before the call", judged.recorded());
    disturb(world, disturbances, moves);
    if (world.end() == World.End.DELETED) {
      if (!world.blind()) {
        endsWell(judged.called(), from);
      }
      return moves;
    }
    for (Verb verb : verbs) {
      boolean names = verb == Verb.APPROVE || verb == Verb.REJECT;
      ReleaseId release = names ? new ReleaseId(world.desired()) : null;
      OpenAction action = new OpenAction("uid-" + verb, verb, "alice", null, release, null);
      World next = decided(from, List.of(action)).called();
      moves.put(verb.toString(), next.remembers(withoutFinished(next.progress())));
    }
    Instant lapses = world.lapsesAt();
    if (lapses != null && lapses.isAfter(world.at())) {
      moves.put("approval lapses", world.at(lapses));
    }
    Instant due = world.progress().nextStepAt();
    moves.put("a second passes", world.at(world.at().plusSeconds(1)));
    if (due != null && due.isAfter(world.at())) {
      moves.put("the timer ends", world.at(due));
    }
    for (AlarmSample.State state : alarms) {
      if (state != world.alarm()) {
        moves.put("alarm " + state, world.alarmIs(state));
      }
    }
    String other = world.desired().equals("A") ? "B" : "A";
    moves.put("desire " + other, world.desires(other));
    return moves;
  }

  private static void disturb(
      World world, Set<Disturbance> disturbances, Map<String, World> moves) {
    if (disturbances.contains(Disturbance.PAUSED)) {
      moves.put("pause", world.pausedIs(!world.paused()));
    }
    if (disturbances.contains(Disturbance.AWS_DOES_NOT_ANSWER)
        || world.end() == World.End.DELETED) {
      moves.put("blind", world.blindIs(!world.blind()));
    }
    if (disturbances.contains(Disturbance.INVALID)) {
      moves.put("invalid", world.invalidIs(!world.invalid()));
    }
    if (disturbances.contains(Disturbance.SOMEBODY_MOVES_THE_ALIAS) && world.target() != null) {
      for (int number : world.published().keySet()) {
        moves.put(
            "somebody moves the alias to " + number,
            world.aliasIs(
                AliasTarget.only(new VersionNumber(Integer.toString(number))),
                world.mark(),
                AliasFact.Source.READ));
      }
    }
    if (disturbances.contains(Disturbance.DELETED) && world.end() == World.End.NONE) {
      moves.put("delete", world.endIs(World.End.DELETED));
    }
  }

  /** No dead end: while AWS answers, reconciles alone let it go. */
  private static void endsWell(World deleted, Arrival from) {
    World at = deleted;
    for (int reconciles = 0; at.end() == World.End.DELETED; reconciles++) {
      if (reconciles > MOST_TO_LET_GO) {
        throw new AssertionError("never let go: " + path(from) + "\n  then: " + at);
      }
      at = decided(new Arrival(from.key(), from.way(), at), List.of()).called();
    }
  }

  /** A finished action goes, its uid with it; what an attempt stands on stays. */
  private static Progress withoutFinished(Progress progress) {
    RecordedAction fully = progress.promotedFully();
    return progress.with().actions(fully == null ? List.of() : List.of(fully)).build();
  }

  /** What is remembered after a decision, and how it is once the call went through too. */
  private record Judged(World recorded, World called) {}

  private static Judged decided(Arrival from, List<OpenAction> actions) {
    World world = from.world();
    Verdict verdict;
    try {
      verdict = RolloutDecider.decide(world.progress(), world.observe(actions));
    } catch (RuntimeException failure) {
      throw new AssertionError(path(from), failure);
    }
    World recorded = world.remembers(verdict.progress());
    Judged judged = new Judged(recorded, recorded.after(verdict.decision()));
    try {
      Invariants.check(world, verdict, judged.called());
      if (world.end() == World.End.DELETED) {
        Invariants.checkDeleted(world, verdict, judged.called());
      }
      if (!actions.isEmpty()) {
        Invariants.checkAtRest(world, verdict, recorded);
      }
    } catch (AssertionError broken) {
      throw new AssertionError(path(from) + "\n  then: " + verdict, broken);
    }
    return judged;
  }

  private static String path(Arrival at) {
    return "by way of " + at.way().told() + "\n  in: " + at.world();
  }
}
