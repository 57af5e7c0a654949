package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.ProgressBuilder;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Without status the place is found from the alias' mark: the last step whose weight is not above
 * the alias', pause and bake anew. Moves no traffic.
 */
final class RebuildRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    AliasFact.Present alias = situation.alias();
    boolean planIsKnownNow =
        lacksItsPlan(progress) && situation.seen().desired() instanceof DesiredRelease.Known;
    if (!(isBlank(progress) || planIsKnownNow) || alias == null || alias.mark() == null) {
      return null;
    }
    AliasMark mark = alias.mark();
    if (mark.stable() == null && mark.candidate() == null) {
      return null;
    }
    AliasMark.Marked candidate = mark.candidate();
    if (candidate == null || candidate.release() == null) {
      return Step.become(
          withStable(progress, mark, situation.seen().at()).build(),
          "found its place from the alias' description");
    }
    return Step.become(
        situation.seen().desired() instanceof DesiredRelease.Known desired
            ? inMidCourse(situation, alias, mark, desired)
            : withoutPlan(situation, alias, mark),
        "found its place in mid-course from the alias' description");
  }

  /** Nothing was ever done, or the status is lost. */
  static boolean isBlank(Progress progress) {
    return progress.phase() == StagePhase.PENDING
        && progress.attempt() == 0
        && progress.stable() == null;
  }

  /** Found in mid-course while nobody could say by which plan. */
  private static boolean lacksItsPlan(Progress progress) {
    return progress.phase() == StagePhase.SHIFTING && progress.plan() == null;
  }

  /** What the mark says of stable and of the newest rejection. */
  static ProgressBuilder withStable(Progress progress, AliasMark mark, Instant at) {
    AliasMark.Marked stable = mark.stable();
    // Since when it stands is not known: what soaks on it soaks anew.
    ProgressBuilder to = progress.with().stepStartedAt(at);
    if (stable != null) {
      to.stable(new Stable(stable.version(), stable.release()));
    }
    AliasMark.Marked rejected = mark.rejected();
    if (rejected != null && rejected.release() != null) {
      to.reject(
          new Rejection(
              rejected.release(),
              at,
              StagePhase.ROLLED_BACK,
              new Cause(
                  Cause.Type.UNKNOWN,
                  null,
                  "rejected before the status was lost; the alias' description says so")));
    }
    return to;
  }

  /**
   * Enough for a person to take the traffic back, and for nothing else, until the spec can be read
   * again.
   */
  private static Progress withoutPlan(
      Situation situation, AliasFact.Present alias, AliasMark mark) {
    Instant at = situation.seen().at();
    AliasMark.Marked marked = Objects.requireNonNull(mark.candidate());
    return withStable(situation.progress(), mark, at)
        .phase(StagePhase.SHIFTING)
        .attempt(1)
        .candidate(
            new Candidate(Objects.requireNonNull(marked.release()), null, marked.version(), null))
        .startedAt(at)
        .stepStartedAt(at)
        .weight(alias.target().weightOf(marked.version()))
        .build();
  }

  private static Progress inMidCourse(
      Situation situation, AliasFact.Present alias, AliasMark mark, DesiredRelease.Known desired) {
    Instant at = situation.seen().at();
    Plan plan = desired.plan();
    Progress found = withoutPlan(situation, alias, mark);
    Progress placed =
        found
            .with()
            .candidate(named(Objects.requireNonNull(found.candidate()), desired))
            .plan(plan)
            .progressSince(at)
            .build();
    Weight weight = placed.weight();
    if (weight.isNone()) {
      return Attempt.reject(
          new Situation(placed, situation.seen()),
          new Cause(
              Cause.Type.DRIFT,
              null,
              "the alias gives the candidate nothing any more: somebody took it back"));
    }
    if (weight.isAll()) {
      return placed.with().phase(StagePhase.POST_TRAFFIC).build();
    }
    int last = lastNotAbove(plan, weight);
    // One before the first entry when the weight is below every step: it is kept until the first
    // step is due.
    return Attempt.advance(placed.with().entryIndex(last).build(), at, at);
  }

  /** Its name for people stands in no mark; Git still says it, where it asks for this release. */
  private static Candidate named(Candidate found, DesiredRelease.Known desired) {
    return desired.id().equals(found.release())
        ? new Candidate(found.release(), desired.name(), found.version(), found.codeSha256())
        : found;
  }

  private static int lastNotAbove(Plan plan, Weight weight) {
    int last = -1;
    for (int index = 0; index < plan.entries().size(); index++) {
      if (plan.entries().get(index) instanceof Entry.SetWeight(Weight step)
          && step.compareTo(weight) <= 0) {
        last = index;
      }
    }
    return last;
  }
}
