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
    return Step.hold(
        progress,
        rejection == null
            ? what(progress, null)
            : what(progress, rejection)
                + "; release another one, or Retry this one by a RolloutAction");
  }

  /** For people: what serves, and what became of the release that was rejected. */
  static String what(Progress progress, @Nullable Rejection rejection) {
    Stable stable = progress.stable();
    String where = stable == null ? "nothing serves" : "version " + stable.version() + " serves";
    return rejection == null
        ? where
        : where
            + "; "
            + rejectedText(progress, rejection)
            + " is "
            + rejection.phase()
            + ": "
            + rejection.cause().message();
  }

  /** The version that it was published as, where that is still remembered. */
  private static String rejectedText(Progress progress, Rejection rejection) {
    return progress.history().stream()
        .filter(entry -> entry.release().equals(rejection.release()) && entry.version() != null)
        .findFirst()
        .map(entry -> "version " + entry.version() + named(entry.releaseName()))
        .orElse("release " + rejection.release());
  }

  private static String named(@Nullable String releaseName) {
    return releaseName == null ? "" : " (" + releaseName + ")";
  }
}
