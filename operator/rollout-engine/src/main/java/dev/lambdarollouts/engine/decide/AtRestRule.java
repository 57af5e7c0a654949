package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import org.jspecify.annotations.Nullable;

/** Nothing is under way and nothing is asked for. */
final class AtRestRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!progress.phase().atRest()) {
      return null;
    }
    Rejection rejection = progress.rejectionOf(situation.desired());
    Stable stable = progress.stable();
    String where = stable == null ? "nothing serves" : "version " + stable.version() + " serves";
    return Step.hold(
        progress,
        rejection == null
            ? where
            : where
                + "; "
                + (progress.candidate() == null ? "the release" : situation.candidateText())
                + " is "
                + rejection.phase()
                + ": "
                + rejection.cause().message());
  }
}
