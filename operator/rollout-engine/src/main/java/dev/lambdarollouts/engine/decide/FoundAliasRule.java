package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.PublishedElsewhere;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The alias of a function that others publish is there already and no rollout's: once the function
 * is ours, the version that it stands on is stable. No traffic moves.
 */
final class FoundAliasRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    PublishedElsewhere elsewhere = situation.seen().elsewhere();
    AliasFact.Present alias = situation.alias();
    if (elsewhere == null
        || alias == null
        || alias.mark() != null
        || !RebuildRule.isBlank(progress)
        || ClaimRule.isAnothers(situation)) {
      return null;
    }
    Step wrong = unclear(situation, alias);
    if (wrong != null) {
      return wrong;
    }
    Step invalid = new InvalidRule().apply(situation);
    if (invalid != null) {
      return invalid;
    }
    if (situation.seen().paused() != null) {
      return Step.hold(progress, "an alias is there already: not taken over while this is paused");
    }
    Step claim = ClaimRule.claim(situation);
    if (claim != null) {
      return claim;
    }
    return elsewhere.found() == null
        ? Step.hold(progress, "looks which release the alias stands on")
        : Step.become(
            progress.with().stable(elsewhere.found()).stepStartedAt(situation.seen().at()).build(),
            "the alias stood on version "
                + elsewhere.found().version()
                + " already: it is stable, no traffic moves");
  }

  /** Who decides which of two versions is stable? Not this operator. */
  private static @Nullable Step unclear(Situation situation, AliasFact.Present alias) {
    AliasTarget target = alias.target();
    if (target.additional() != null) {
      return LooksAgain.stalled(
          situation,
          alias,
          "AliasInTransition",
          "the alias is "
              + target
              + ", and nobody says which of the two is to stay: put it on one version, then it is"
              + " taken over");
    }
    return target.primary().isPublished()
        ? null
        : LooksAgain.stalled(
            situation,
            alias,
            "TrafficOnLatest",
            "the alias is on $LATEST, which every deployment changes: put it on a published"
                + " version, then it is taken over");
  }
}
