package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next to one stage. Total and pure: the same progress and observation always
 * give the same verdict. Precedence is the order of {@link #RULES}; the first rule that has
 * something to say wins. A rule that only changes what is remembered is followed by another look at
 * the same facts, so that one verdict carries everything that follows from them, up to the first
 * thing that has to be done in AWS.
 */
public final class RolloutDecider {
  /**
   * More looks than there are phases to pass through; past it two rules undo each other, which is a
   * bug.
   */
  private static final int MOST_LOOKS = 40;

  /** Whatever happens, before any deadline: what goes, whose it is, and what takes traffic back. */
  private static final List<Rule> FIRST =
      List.of(
          new DeletionRule(),
          new TakeOverRule(),
          new AdoptionRule(),
          new FoundAliasRule(),
          new OwnershipRule(),
          new RebuildRule(),
          new RollingBackRule(),
          new UnhealthyRule(),
          new ConfirmStepRule(),
          new HeldRule());

  private static final List<Rule> THEN =
      List.of(
          new InvalidRule(),
          new DriftRule(),
          new SupersedeRule(),
          new MarkRule(),
          new CodeOfStableRule(),
          new CleanUpRule(),
          new SideRule(),
          new AtRestRule(),
          new PendingRule(),
          new ClaimRule(),
          new DeployingRule(),
          new UnknownHoldsRule(),
          new ProvisionRule(),
          new GatesRule(),
          new PauseRule(),
          new HoldsStepRule(),
          new NextStepRule(),
          new PromoteRule());

  private static final List<Rule> RULES =
      Stream.of(FIRST, List.<Rule>of(new DeadlineRule(THEN)), THEN).flatMap(List::stream).toList();

  private RolloutDecider() {}

  /**
   * Decides.
   *
   * @param recorded as it stands in the status
   * @param seen the facts of this moment
   */
  public static Verdict decide(Progress recorded, Observation seen) {
    List<Transition> transitions = new ArrayList<>();
    ActionJudge.Judgement judged = ActionJudge.judge(Housekeeping.tidy(recorded, seen), seen);
    transitions.addAll(judged.transitions());
    Progress progress = judged.progress();
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      // What was read was read for the recorded candidate; for another one it says nothing.
      Observation facts =
          release(progress) == null || Objects.equals(release(progress), release(recorded))
              ? seen
              : seen.withoutCandidate();
      Situation situation = new Situation(progress, facts);
      Ruling ruling = firstRuling(situation);
      Step step = ruling.step();
      boolean changed = !step.progress().equals(progress);
      if (changed) {
        transitions.add(new Transition(progress, step.progress(), told(step)));
        progress = step.progress();
      }
      if (!changed || !(step.decision() instanceof Decision.Hold)) {
        progress = Housekeeping.trim(progress, facts);
        Situation last = new Situation(progress, facts);
        return new Verdict(
            step.decision(),
            progress,
            ruling.rule(),
            why(step, facts.lastFailure()),
            earlier(earlier(step.wakeAt(), DeadlineRule.deadline(last)), SupersedeRule.dueAt(last)),
            standing(step, last),
            transitions,
            judged.actions());
      }
    }
    throw new IllegalStateException(
        "two rules undo each other: " + transitions.subList(MOST_LOOKS - 4, MOST_LOOKS));
  }

  /**
   * Watched alarms about which nothing is certain before their history since the step is looked up;
   * to be done, and observed, before a decision.
   *
   * @return by name, from when on the history is asked
   */
  public static Map<String, Instant> alarmsToLookUp(Progress recorded, Observation seen) {
    Plan plan = recorded.plan();
    Instant step = recorded.stepStartedAt();
    if (plan == null || step == null) {
      return Map.of();
    }
    Duration staleness = plan.alarmPolicy().maxStaleness();
    Set<String> watched =
        plan.alarms().stream().map(WatchedAlarm::name).collect(Collectors.toSet());
    return seen.alarms().stream()
        .filter(sample -> watched.contains(sample.name()))
        .filter(sample -> AlarmHealth.needsHistory(sample, step, seen.at(), staleness))
        .collect(
            Collectors.toMap(
                AlarmSample::name, sample -> AlarmHealth.historyFrom(sample, step, staleness)));
  }

  /** True when nothing but a slot keeps this attempt from going on. */
  public static boolean waitsForSlot(Progress progress, Observation seen) {
    ClosedGate closed =
        progress.pause() == null ? ClosedGate.of(new Situation(progress, seen)) : null;
    return closed != null && closed.kind() == ClosedGate.Kind.SLOT;
  }

  /** What is being tried, and why it did not go through so far. */
  private static String why(Step step, @Nullable AwsFailure failure) {
    boolean told = failure == null || step.why().contains(failure.toString());
    return told
            || step.decision() instanceof Decision.Hold
            || step.decision() instanceof Decision.DeleteVersion
        ? step.why()
        : step.why() + "; the last try failed: " + failure;
  }

  /** A stage at rest says the same while it is tidied up; the change is told as what it is. */
  private static String told(Step step) {
    return step.decision() instanceof Decision.DeleteVersion(var version)
        ? "version " + version + " is deleted: more are published than are kept"
        : step.why();
  }

  private static @Nullable ReleaseId release(Progress progress) {
    return progress.candidate() == null ? null : progress.candidate().release();
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private record Ruling(String rule, Step step) {}

  private static Ruling firstRuling(Situation situation) {
    for (Rule rule : RULES) {
      Step step = rule.apply(situation);
      if (step != null) {
        return new Ruling(rule.getClass().getSimpleName(), step);
      }
    }
    throw new IllegalStateException("no rule for " + situation.progress().phase());
  }

  private static Standing standing(Step step, Situation situation) {
    Progress progress = situation.progress();
    if (step.stalled() != null) {
      return new Standing.Degraded(step.stalled());
    }
    if (progress.phase() == StagePhase.AWAITING_APPROVAL) {
      return new Standing.Paused(progress.phase().toString());
    }
    if (progress.pause() != null && !HeldRule.nothingWaits(situation)) {
      return new Standing.Paused(progress.pause().reason().toString());
    }
    if (step.paused() != null) {
      return new Standing.Paused(step.paused());
    }
    if (progress.phase().isRejection() && progress.rejectionOf(situation.desired()) != null) {
      return new Standing.Degraded(progress.phase().toString());
    }
    boolean done =
        progress.phase() == StagePhase.SUCCEEDED
            && progress.standsOn(situation.desired())
            && !SideRule.waits(situation);
    return done ? new Standing.Healthy() : new Standing.Progressing();
  }
}
