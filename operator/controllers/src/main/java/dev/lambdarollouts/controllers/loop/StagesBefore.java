package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.engine.decide.Standing;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionFact;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All the stages before one have to stand: one whose own release did not change stands all the
 * time, whatever happens in front of it. What they run is told by the first that runs the
 * function's own code.
 */
final class StagesBefore {
  private final List<StageOutcome> before;
  private final Function<StageReading, StageAim> aims;

  /**
   * @param before what was decided of them in this pass, in their order
   * @param aims what each of them is to come to
   */
  StagesBefore(List<StageOutcome> before, Function<StageReading, StageAim> aims) {
    this.before = before;
    this.aims = aims;
  }

  /**
   * For a stage that comes after them.
   *
   * @param aim what that stage is to come to
   */
  StageBefore of(StageAim aim) {
    for (StageOutcome one : before) {
      StageBefore.NotThere missing = missing(one);
      if (missing != null) {
        return missing;
      }
    }
    if (before.isEmpty()) {
      return new StageBefore.None();
    }
    if (!aim.overridesCode()) {
      for (StageOutcome one : before) {
        if (!aims.apply(one.reading()).overridesCode()) {
          return runs(one);
        }
      }
    }
    return new StageBefore.Stands(before.getLast().reading().name(), null);
  }

  /** Why a stage does not stand on its release yet; absent when it does. */
  private StageBefore.@Nullable NotThere missing(StageOutcome outcome) {
    return switch (outcome) {
      case StageOutcome.Held held ->
          new StageBefore.NotThere(held.reading().name(), held.message());
      case StageOutcome.Decided decided -> {
        Verdict verdict = decided.verdict();
        boolean known = decided.seen().desired() instanceof DesiredRelease.Known;
        yield known && aims.apply(decided.reading()).isReached(verdict.progress())
            ? null
            : new StageBefore.NotThere(
                decided.name(),
                verdict.standing() instanceof Standing.Degraded
                        || decided.seen().desired() instanceof DesiredRelease.Unread
                    ? verdict.why()
                    : "it is " + verdict.progress().phase());
      }
    };
  }

  private static String failure(StageOutcome outcome) {
    if (!(outcome instanceof StageOutcome.Decided decided)) {
      return "";
    }
    if (decided.seen().stable() instanceof VersionFact.Unknown unknown) {
      return " (" + unknown.why() + ")";
    }
    AwsFailure failure = decided.seen().lastFailure();
    return failure == null ? "" : " (" + failure + ")";
  }

  /** What it runs; where that is not known, nothing may follow it. */
  private static StageBefore runs(StageOutcome outcome) {
    String name = outcome.reading().name();
    String code =
        outcome instanceof StageOutcome.Decided decided
            ? decided.verdict().progress().codeOfStable()
            : null;
    return code == null
        ? new StageBefore.NotThere(name, "which code it runs is looked up" + failure(outcome))
        : new StageBefore.Stands(name, code);
  }
}
