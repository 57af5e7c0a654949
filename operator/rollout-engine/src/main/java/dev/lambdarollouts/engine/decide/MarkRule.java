package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import org.jspecify.annotations.Nullable;

/**
 * Another version is stable than the alias' mark says, for it was adopted: one call writes the
 * mark, and moves nothing. While a candidate is on its way the next step writes it.
 */
final class MarkRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    Stable stable = progress.stable();
    AliasFact.Present alias = situation.alias();
    if (stable == null
        || alias == null
        || progress.phase().mayGoBack()
        || situation.seen().paused() != null
        || (pause != null && pause.reason() == Pause.Reason.ACTION_PAUSE)
        || !alias.target().equals(AliasTarget.only(stable.version()))
        || !isBehind(situation, alias.mark(), stable)) {
      return null;
    }
    return Step.act(
        new Decision.WriteMark(alias.target(), situation.markTakenBack(), alias.revisionId()),
        progress,
        "version " + stable.version() + " is marked as stable");
  }

  /** A foreign write that moved the alias may have left it without a mark. */
  private static boolean isBehind(Situation situation, @Nullable AliasMark mark, Stable stable) {
    if (mark == null) {
      return situation.seen().policies().drift() == Policies.Drift.ADOPT;
    }
    AliasMark.Marked marked = mark.stable();
    return marked != null && !marked.version().equals(stable.version());
  }
}
