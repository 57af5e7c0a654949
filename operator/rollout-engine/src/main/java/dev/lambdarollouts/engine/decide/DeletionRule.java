package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import org.jspecify.annotations.Nullable;

/**
 * What is to go leaves its alias on stable: before every other rule, whatever the phase, drifted or
 * not.
 */
final class DeletionRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().deletion()) {
      case NO -> null;
      case ABANDON ->
          Step.act(new Decision.LetGo(), progress, "abandoned: nothing in AWS is touched");
      case YES -> leave(situation);
    };
  }

  private static Step leave(Situation situation) {
    Progress progress = situation.progress();
    Stable stable = progress.stable();
    if (stable == null || OwnershipRule.otherOwner(situation) != null) {
      return Step.act(new Decision.LetGo(), progress, "deleted: there is no stable to go back to");
    }
    AliasTarget home = AliasTarget.only(stable.version());
    return switch (situation.seen().alias()) {
      case AliasFact.Missing missing ->
          Step.act(new Decision.LetGo(), progress, "deleted: the alias is gone already");
      case AliasFact.NotRead notRead ->
          Step.act(new Decision.ReadAlias(), progress, "deleting: looks where the alias is");
      case AliasFact.Unknown(var failure) ->
          Step.hold(
              progress,
              "deleting: waits for AWS to put the alias on version "
                  + stable.version()
                  + " ("
                  + failure
                  + "); annotation lambdarollouts.dev/abandon: \"true\" gives it up");
      case AliasFact.Present present when present.target().equals(home) ->
          Step.act(
              new Decision.LetGo(),
              progress,
              "deleted: the alias is on version " + stable.version());
      case AliasFact.Present present ->
          Step.act(
              new Decision.RollBack(home, situation.markTakenBack(), present.revisionId()),
              progress,
              "deleting: the alias goes to version " + stable.version());
    };
  }
}
