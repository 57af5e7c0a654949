package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import org.jspecify.annotations.Nullable;

/** Waits for the stage before; then an attempt begins, once it is known where the alias is. */
final class PendingRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (progress.phase() != StagePhase.PENDING
        || !(situation.seen().desired() instanceof DesiredRelease.Known desired)) {
      return null;
    }
    if (situation.seen().stageBefore() instanceof StageBefore.NotThere(String stage, String why)) {
      return Step.hold(progress, "waits for stage " + stage + ": " + why);
    }
    ClosedGate soak = ClosedGate.soak(situation, desired.id());
    if (soak != null) {
      return soak.hold(progress, "");
    }
    return switch (situation.seen().alias()) {
      case AliasFact.NotRead notRead ->
          Step.act(new Decision.ReadAlias(), progress, "looks where the alias is");
      case AliasFact.Unknown(var failure) ->
          Step.hold(progress, "cannot see where the alias is (" + failure + ")");
      case AliasFact.Missing missing -> begin(situation, desired);
      case AliasFact.Present present -> begin(situation, desired);
    };
  }

  private static Step begin(Situation situation, DesiredRelease.Known desired) {
    Progress begun = Attempt.begin(situation, desired);
    return Step.become(
        begun,
        "attempt "
            + begun.attempt()
            + " with release "
            + desired.id()
            + (desired.name() == null ? "" : " (" + desired.name() + ")"));
  }
}
