package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which code a stage runs, where the status does not say it: after the place was found from marks,
 * or when Git went back to stable's own release. The stages after it have to run the same, and wait
 * until it is known; the stage itself stands on.
 */
final class CodeOfStableRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    return CodeOfStable.isAsked(progress, situation.seen().desired())
            && situation.seen().desired() instanceof DesiredRelease.Known desired
        ? known(situation, desired, Objects.requireNonNull(progress.stable()))
        : null;
  }

  private static @Nullable Step known(
      Situation situation, DesiredRelease.Known desired, Stable stable) {
    return switch (situation.seen().stable()) {
      case VersionFact.Published published when published.number().equals(stable.version()) ->
          Step.become(
              situation
                  .progress()
                  .with()
                  .candidate(
                      new Candidate(desired.id(), desired.name(), null, published.codeSha256()))
                  .build(),
              AtRestRule.what(situation.progress(), null));
      case VersionFact.Published another -> null;
      case VersionFact.NotRead notRead -> null;
      case VersionFact.Unknown unknown -> null;
      case VersionFact.NotPublished gone -> null;
    };
  }
}
