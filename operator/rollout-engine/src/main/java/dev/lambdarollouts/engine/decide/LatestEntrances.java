package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What reaches {@code $LATEST} of a function that the operator did not create: before it is written
 * nothing may, or a person accepts that; api.md, Adoption, and invariant 15.
 */
final class LatestEntrances {
  private LatestEntrances() {}

  /** What stands against writing it; absent where nothing does. */
  static @Nullable Step against(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().latestTraffic()) {
      case LatestTraffic.NotRead notRead -> Step.hold(progress, "looks what reaches $LATEST");
      case LatestTraffic.Unknown(AwsFailure failure) ->
          Step.hold(progress, "cannot see what reaches $LATEST (" + failure + ")");
      case LatestTraffic.Seen seen
          when !seen.entrances().isEmpty() && !situation.seen().policies().acceptsLatest() ->
          LooksAgain.stalled(
              situation,
              "TrafficOnLatest",
              "a release writes $LATEST, and "
                  + String.join(", ", seen.entrances())
                  + " would run it at once: point them at the alias, or accept it by annotation"
                  + " lambdarollouts.dev/accept: TrafficOnLatest on the LambdaRollout; nothing is"
                  + " touched");
      case LatestTraffic.Seen seen -> null;
    };
  }
}
