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
    boolean blank =
        progress.phase() == StagePhase.PENDING
            && progress.attempt() == 0
            && progress.stable() == null;
    if (!blank || alias == null || alias.mark() == null) {
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
    return situation.seen().desired() instanceof DesiredRelease.Known desired
        ? Step.become(
            inMidCourse(situation, alias, mark, desired),
            "found its place in mid-course from the alias' description")
        : null;
  }

  private static ProgressBuilder withStable(Progress progress, AliasMark mark, Instant at) {
    AliasMark.Marked stable = mark.stable();
    ProgressBuilder to = progress.with();
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

  private static Progress inMidCourse(
      Situation situation, AliasFact.Present alias, AliasMark mark, DesiredRelease.Known desired) {
    Instant at = situation.seen().at();
    AliasMark.Marked marked = Objects.requireNonNull(mark.candidate());
    var release = Objects.requireNonNull(marked.release());
    Weight weight = alias.target().weightOf(marked.version());
    Candidate candidate = new Candidate(release, null, marked.version(), null);
    Progress placed =
        withStable(situation.progress(), mark, at)
            .phase(StagePhase.SHIFTING)
            .attempt(1)
            .candidate(candidate)
            .plan(desired.plan())
            .startedAt(at)
            .stepStartedAt(at)
            .progressSince(at)
            .weight(weight)
            .build();
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
    int last = lastNotAbove(desired.plan(), weight);
    // One before the first entry when the weight is below every step: it is kept until the first
    // step is due.
    return Attempt.advance(placed.with().entryIndex(last).build(), at, at);
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
