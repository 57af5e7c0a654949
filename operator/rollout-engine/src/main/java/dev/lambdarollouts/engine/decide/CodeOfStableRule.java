package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which code a stage runs, where the status does not say it: after the place was found from marks,
 * or when Git went back to stable's own release. The stages after it have to run the same;
 * invariant 14.
 */
public final class CodeOfStableRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!isAsked(progress, situation.seen().desired())
        || !(situation.seen().stable() instanceof VersionFact.Published published)) {
      return null;
    }
    Stable stable = Objects.requireNonNull(progress.stable());
    if (!published.number().equals(stable.version())) {
      return null;
    }
    DesiredRelease.Known desired = (DesiredRelease.Known) situation.seen().desired();
    return Step.become(
        progress
            .with()
            .candidate(new Candidate(desired.id(), desired.name(), null, published.codeSha256()))
            .build(),
        AtRestRule.what(progress, null));
  }

  /** True where stable's version has to be looked at in AWS. */
  public static boolean isAsked(Progress progress, DesiredRelease desired) {
    return progress.phase() == StagePhase.SUCCEEDED
        && desired instanceof DesiredRelease.Known known
        && progress.standsOn(known.id())
        && codeOf(progress) == null;
  }

  /** The CodeSha256 of what a stage stands on; absent where it is not known. */
  public static @Nullable String codeOf(Progress progress) {
    Candidate candidate = progress.candidate();
    return candidate != null && progress.standsOn(candidate.release())
        ? candidate.codeSha256()
        : null;
  }
}
