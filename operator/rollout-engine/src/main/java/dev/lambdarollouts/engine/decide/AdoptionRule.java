package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code adoptionPolicy}: takes over a function that nobody's tags name, and its alias where it
 * stands. Before anything is changed it is known that nothing but the alias depends on {@code
 * $LATEST}, or a person accepts that. First the tags, then the alias' mark; {@link RebuildRule}
 * finds the place from there. Moves no traffic to other code: an alias on {@code $LATEST} goes to a
 * version published from it unchanged. A function that others publish is {@link ClaimRule}'s.
 */
final class AdoptionRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Policies.Adoption adoption = situation.seen().policies().adoption();
    Progress progress = situation.progress();
    if (adoption == Policies.Adoption.CREATE
        || situation.seen().elsewhere() != null
        || !RebuildRule.isBlank(progress)
        || !(situation.seen().desired() instanceof DesiredRelease.Known)) {
      return null;
    }
    return switch (situation.seen().custody()) {
      case Custody.NotRead notRead -> null;
      case Custody.Another another -> null;
      case Custody.Unknown(AwsFailure failure) ->
          Step.hold(progress, "cannot see whose the function is (" + failure + ")");
      case Custody.Absent absent ->
          adoption == Policies.Adoption.ADOPT
              ? Step.holdUntil(
                  progress,
                  again(situation),
                  "there is no such function, and adoptionPolicy Adopt creates none: make it, or"
                      + " use AdoptOrCreate")
              : null;
      case Custody.Nobodys nobodys ->
          isMarked(situation)
              ? null
              : orNotYet(
                  situation,
                  Step.act(
                      new Decision.Claim(),
                      progress,
                      "adopts the function: its tags name this rollout from now on"));
      case Custody.Ours ours -> isUnmarked(situation) ? alias(situation) : null;
    };
  }

  private static boolean isMarked(Situation situation) {
    AliasFact.Present alias = situation.alias();
    return alias != null && alias.mark() != null;
  }

  private static boolean isUnmarked(Situation situation) {
    AliasFact.Present alias = situation.alias();
    return alias != null && alias.mark() == null;
  }

  private static Instant again(Situation situation) {
    return situation.seen().at().plus(LooksAgain.AFTER);
  }

  private static Step alias(Situation situation) {
    AliasFact.Present alias = (AliasFact.Present) situation.seen().alias();
    VersionNumber version = alias.target().primary();
    if (version.isPublished()) {
      return orNotYet(
          situation,
          Step.act(
              new Decision.WriteMark(alias.target(), mark(situation, version), alias.revisionId()),
              situation.progress(),
              "adopts the alias where it is, on version " + version));
    }
    VersionNumber published =
        situation.seen().latestTraffic() instanceof LatestTraffic.Seen seen
            ? seen.published()
            : null;
    return orNotYet(
        situation,
        published == null
            ? Step.act(
                new Decision.PublishLatest(),
                situation.progress(),
                "publishes $LATEST as it is, for the alias stands on it")
            : Step.act(
                new Decision.Restore(
                    AliasTarget.only(published), mark(situation, published), alias.revisionId()),
                situation.progress(),
                "moves the alias from $LATEST to version " + published + ", which is the same"));
  }

  private static AliasMark mark(Situation situation, VersionNumber version) {
    return new AliasMark(situation.seen().owner(), new AliasMark.Marked(version, null), null, null);
  }

  /** What stands against it, else the step itself. */
  private static Step orNotYet(Situation situation, Step step) {
    Progress progress = situation.progress();
    if (situation.seen().paused() != null) {
      return Step.hold(progress, "paused or suspended: adopts nothing");
    }
    Step closed =
        switch (situation.seen().alias()) {
          case AliasFact.NotRead notRead ->
              Step.act(new Decision.ReadAlias(), progress, "looks where the alias is");
          case AliasFact.Unknown(AwsFailure failure) ->
              Step.hold(progress, "cannot see where the alias is (" + failure + ")");
          case AliasFact.Missing missing -> null;
          case AliasFact.Present present ->
              present.target().additional() == null
                  ? null
                  : LooksAgain.stalled(
                      situation,
                      present,
                      "AliasInTransition",
                      "the alias is on "
                          + present.target()
                          + ": end that deployment first, so that it is on one version; nothing is"
                          + " touched");
        };
    if (closed != null) {
      return closed;
    }
    Step entrances = LatestEntrances.against(situation);
    if (situation.seen().latestTraffic() instanceof LatestTraffic.Seen seen && seen.provisioned()) {
      return LooksAgain.stalled(
          situation,
          "ProvisionedConcurrencyOnAlias",
          "the alias has provisioned concurrency, which AWS does not let share traffic: remove it"
              + " from the alias; nothing is touched");
    }
    return entrances == null ? step : entrances;
  }
}
