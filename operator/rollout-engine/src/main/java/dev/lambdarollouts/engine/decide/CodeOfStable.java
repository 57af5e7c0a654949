package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;

/** Which code a stage runs that stands on its desired release; invariant 14. */
public final class CodeOfStable {
  private CodeOfStable() {}

  /** True where no status says it, and stable's version has to be looked at in AWS. */
  public static boolean isAsked(Progress progress, DesiredRelease desired) {
    return progress.phase() == StagePhase.SUCCEEDED
        && desired instanceof DesiredRelease.Known known
        && progress.standsOn(known.id())
        && progress.codeOfStable() == null;
  }
}
