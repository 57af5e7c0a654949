package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Approval;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.HistoryEntry.Outcome;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.ProgressBuilder;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The moves of an attempt from one progress to the next: begin, advance, wait, go back, end. */
final class Attempt {
  private Attempt() {}

  /**
   * A new attempt with the desired release; from here on its plan is pinned. Where a first release
   * failed while the alias could not be seen, what serves now is what this one goes back to.
   */
  static Progress begin(Situation situation, DesiredRelease.Known desired) {
    Progress before = situation.progress();
    Instant at = situation.seen().at();
    Progress from = before.attempt() == 0 ? before : keepUnpromoted(situation, before);
    return from.with()
        .phase(StagePhase.DEPLOYING)
        .attempt(from.attempt() + 1)
        .candidate(new Candidate(desired.id(), desired.name(), null, codeBefore(situation)))
        .plan(
            isShort(before, desired.id(), situation.seen().revisions())
                ? desired.plan().withoutSteps()
                : desired.plan())
        .entryIndex(0)
        .weight(Weight.NONE)
        .startedAt(at)
        .stepStartedAt(null)
        .nextStepAt(null)
        .progressSince(at)
        .gatesOpenSince(null)
        .pause(null)
        .excused(Set.of())
        .approvals(approvalsOf(from, desired.id()))
        .build();
  }

  /** What the stage before runs now binds the attempt, whatever becomes of that stage. */
  private static @Nullable String codeBefore(Situation situation) {
    return situation.seen().stageBefore() instanceof StageBefore.Stands stands
        ? stands.codeSha256()
        : null;
  }

  private static List<Approval> approvalsOf(Progress from, ReleaseId release) {
    return from.approvals().stream().filter(one -> one.release().equals(release)).toList();
  }

  /**
   * On to the next entry.
   *
   * @param since from when its timer counts: the confirmation of what it follows
   */
  static Progress advance(Progress from, Instant since, Instant at) {
    Plan plan = from.plan();
    int next = plan == null ? from.entryIndex() + 1 : nextIndex(from, plan);
    ProgressBuilder to =
        from.with()
            .phase(StagePhase.SHIFTING)
            .pause(null)
            .entryIndex(next)
            .nextStepAt(null)
            .gatesOpenSince(null);
    if (plan != null
        && next < plan.entries().size()
        && plan.entries().get(next) instanceof Entry.TimedPause(var duration)) {
      to.nextStepAt(since.plus(duration));
    }
    return to.progressSince(at).build();
  }

  /** After a PromoteFully only the entry of 100 % is left, and nothing after it. */
  private static int nextIndex(Progress from, Plan plan) {
    if (from.promotedFully() == null) {
      return from.entryIndex() + 1;
    }
    return from.entryIndex() < plan.promotingIndex()
        ? plan.promotingIndex()
        : plan.entries().size();
  }

  /** A gate before approval is closed: what waited for people waits for it, and then anew. */
  static Progress gateClosed(Progress from) {
    return from.phase() == StagePhase.AWAITING_APPROVAL
        ? from.with().phase(StagePhase.PRE_TRAFFIC).gatesOpenSince(null).build()
        : from;
  }

  /** Waits for a person; the phase shows it where the table has a way from there to Paused. */
  static Progress pause(Progress from, Pause.Reason reason, Instant at, @Nullable Instant until) {
    boolean shows =
        from.phase() == StagePhase.PRE_TRAFFIC
            || from.phase() == StagePhase.SHIFTING
            || from.phase() == StagePhase.POST_TRAFFIC
            || from.phase() == StagePhase.BAKING;
    return from.with()
        .phase(shows ? StagePhase.PAUSED : from.phase())
        .pause(new Pause(reason, from.phase(), at, until))
        .gatesOpenSince(null)
        .build();
  }

  /** Back to where it waited from; the deadline counts anew. */
  static Progress resume(Progress from, Instant at) {
    Pause pause = from.pause();
    return pause == null
        ? from
        : from.with().phase(pause.from()).pause(null).progressSince(at).build();
  }

  /**
   * Rejects the candidate: by way of RollingBack where it may have traffic, at once where it has
   * none. A first release has nothing to go back to: it is Failed, the alias stays, and its version
   * is what the next release goes back to.
   */
  static Progress reject(Situation situation, Cause cause) {
    Progress from = situation.progress();
    if (from.isFirstRelease()) {
      Progress rejected = rejected(from, StagePhase.FAILED, cause, situation.seen().at());
      return end(keepUnpromoted(situation, rejected), StagePhase.FAILED, situation.seen().at());
    }
    Progress rejected = rejected(from, StagePhase.ROLLED_BACK, cause, situation.seen().at());
    return situation.candidateMayHaveTraffic() || situation.firstShiftMayBeOnItsWay()
        ? goBack(rejected)
        : end(rejected, StagePhase.ROLLED_BACK, situation.seen().at());
  }

  /**
   * Rejects the candidate, to which the alias gives nothing and never gave anything; by way of
   * RollingBack where that may be about to change.
   */
  static Progress rejectBeforeTraffic(Situation situation, Cause cause, @Nullable String by) {
    Instant at = situation.seen().at();
    Progress rejected = rejected(situation.progress(), StagePhase.REJECTED, cause, at);
    return situation.firstShiftMayBeOnItsWay()
        ? goBack(rejected)
        : end(rejected, StagePhase.REJECTED, at, by);
  }

  /** Rejects a release that is desired and that no attempt was made with. */
  static Progress rejectUntried(
      Situation situation, ReleaseId release, Cause cause, @Nullable String by) {
    Instant at = situation.seen().at();
    String name =
        situation.seen().desired() instanceof DesiredRelease.Known known ? known.name() : null;
    return situation
        .progress()
        .with()
        .reject(new Rejection(release, at, StagePhase.REJECTED, cause))
        .forgetApprovals(release)
        .remember(
            new HistoryEntry(release, name, null, null, at, Outcome.REJECTED, cause.message(), by))
        .build();
  }

  /** Ends an attempt that never got as far as traffic. */
  static Progress fail(Situation situation, Cause cause) {
    Instant at = situation.seen().at();
    return end(rejected(situation.progress(), StagePhase.FAILED, cause, at), StagePhase.FAILED, at);
  }

  /** Makes way for another release: by way of stable where the candidate may have traffic. */
  static Progress supersede(Situation situation) {
    Progress from = situation.progress();
    if (!situation.candidateMayHaveTraffic() && !situation.firstShiftMayBeOnItsWay()) {
      return end(from, StagePhase.PENDING, situation.seen().at());
    }
    return from.isFirstRelease()
        ? end(keepUnpromoted(situation, from), StagePhase.PENDING, situation.seen().at())
        : goBack(from);
  }

  /** The alias is on stable: what RollingBack leads to, by whether the candidate was rejected. */
  static Progress settle(Progress from, Instant at) {
    Rejection rejection = rejectionOfCandidate(from);
    return end(
        AttemptHistory.withStableTakenBack(from, at),
        rejection == null ? StagePhase.PENDING : rejection.phase(),
        at);
  }

  /** A candidate without traffic makes way for something else. */
  static Progress drop(Progress from, Instant at) {
    return end(from, StagePhase.PENDING, at);
  }

  /** The candidate was rolled out and is stable now. */
  static Progress succeed(Situation situation, Candidate candidate) {
    Progress from = situation.progress();
    Plan plan = from.plan();
    boolean fast =
        plan != null
            && plan.equals(plan.withoutSteps())
            && isShort(from, candidate.release(), situation.seen().revisions());
    return succeed(
        from,
        candidate,
        situation.seen().at(),
        fast ? fastOutcome(from, candidate) : Outcome.PROMOTED);
  }

  /** Going back in Git, or forward again, to a release of the rollback window: without steps. */
  private static boolean isShort(Progress progress, ReleaseId release, Revisions revisions) {
    return PromotedReleases.isInWindow(progress, release, revisions.window());
  }

  private static Outcome fastOutcome(Progress from, Candidate candidate) {
    Stable stable = from.stable();
    boolean forward =
        stable == null
            || candidate.version() == null
            || PromotedReleases.BY_NUMBER.compare(candidate.version(), stable.version()) > 0;
    return forward ? Outcome.FAST_PROMOTED : Outcome.FAST_ROLLED_BACK;
  }

  /** The candidate is stable now. */
  static Progress succeed(Progress from, Candidate candidate, Instant at) {
    return succeed(from, candidate, at, Outcome.PROMOTED);
  }

  private static Progress succeed(Progress from, Candidate candidate, Instant at, Outcome outcome) {
    if (candidate.version() == null) {
      throw new IllegalStateException("a release is promoted by its version, and there is none");
    }
    RecordedAction fully = from.promotedFully();
    return from.with()
        .phase(StagePhase.SUCCEEDED)
        .stable(new Stable(candidate.version(), candidate.release()))
        // The version is stable's now; the code's hash stays, the next stage has to run the same.
        .candidate(
            new Candidate(candidate.release(), candidate.name(), null, candidate.codeSha256()))
        .weight(Weight.ALL)
        .remember(
            AttemptHistory.entry(
                from,
                candidate,
                fully == null ? outcome : Outcome.FAST_PROMOTED,
                at,
                AttemptHistory.deeds(from),
                fully == null ? null : fully.by()))
        .gatesOpenSince(null)
        .plan(null)
        .entryIndex(0)
        .stepStartedAt(null)
        .nextStepAt(null)
        .progressSince(null)
        .pause(null)
        .excused(Set.of())
        .build();
  }

  private static Progress goBack(Progress from) {
    return from.with()
        .phase(StagePhase.ROLLING_BACK)
        .pause(null)
        .nextStepAt(null)
        .gatesOpenSince(null)
        .build();
  }

  private static Progress rejected(Progress from, StagePhase phase, Cause cause, Instant at) {
    Candidate candidate = from.candidate();
    return candidate == null
        ? from
        : from.with().reject(new Rejection(candidate.release(), at, phase, cause)).build();
  }

  private static Progress keepUnpromoted(Situation situation, Progress from) {
    var alias = situation.alias();
    return alias == null || from.stable() != null || !alias.target().primary().isPublished()
        ? from
        : from.with().stable(new Stable(alias.target().primary(), null)).build();
  }

  private static Progress end(Progress from, StagePhase phase, Instant at) {
    Rejection rejection = rejectionOfCandidate(from);
    return end(
        from,
        phase,
        at,
        rejection == null ? null : AttemptHistory.endedBy(from, rejection.cause()));
  }

  private static Progress end(Progress from, StagePhase phase, Instant at, @Nullable String by) {
    ProgressBuilder to =
        from.with()
            .phase(phase)
            .plan(null)
            .entryIndex(0)
            .weight(Weight.NONE)
            .stepStartedAt(null)
            .nextStepAt(null)
            .progressSince(null)
            .gatesOpenSince(null)
            .pause(null)
            .excused(Set.of());
    Candidate candidate = from.candidate();
    if (candidate != null) {
      to.forgetApprovals(candidate.release());
      Rejection rejection = rejectionOfCandidate(from);
      Cause cause = rejection == null ? null : rejection.cause();
      to.remember(
          AttemptHistory.entry(
              from,
              candidate,
              AttemptHistory.outcome(phase, cause),
              at,
              AttemptHistory.told(cause, AttemptHistory.deeds(from)),
              by));
    }
    if (phase == StagePhase.PENDING) {
      to.candidate(null).startedAt(null);
    }
    return to.build();
  }

  private static @Nullable Rejection rejectionOfCandidate(Progress progress) {
    Candidate candidate = progress.candidate();
    return candidate == null ? null : progress.rejectionOf(candidate.release());
  }
}
