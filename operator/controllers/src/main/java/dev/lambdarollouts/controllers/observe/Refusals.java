package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.VersionFact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What AWS refuses of a stage, and what of it people do not know yet. */
public final class Refusals {
  private Set<AwsFailure> told = Set.of();

  /** Those that were not there at the last look; each is told once as long as it lasts. */
  public List<AwsFailure> news(Observation seen) {
    Set<AwsFailure> now = in(seen);
    List<AwsFailure> news = now.stream().filter(one -> !told.contains(one)).toList();
    told = now;
    return news;
  }

  private static Set<AwsFailure> in(Observation seen) {
    return Stream.concat(
            Stream.of(
                    seen.lastFailure(),
                    seen.alias() instanceof AliasFact.Unknown(var failure) ? failure : null,
                    seen.function() instanceof FunctionFact.Unknown(var failure) ? failure : null,
                    seen.custody() instanceof Custody.Unknown(var failure) ? failure : null,
                    seen.latestTraffic() instanceof LatestTraffic.Unknown(var failure)
                        ? failure
                        : null,
                    seen.side() instanceof SideFact.Unknown(var failure) ? failure : null,
                    ofVersion(seen.candidate()),
                    ofVersion(seen.stable()))
                .flatMap(Stream::ofNullable),
            seen.alarms().stream().map(AlarmSample::unanswered).flatMap(Stream::ofNullable))
        .filter(failure -> isRefused(failure) && !isOurOwnWord(failure, seen))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static @Nullable AwsFailure ofVersion(VersionFact fact) {
    return fact instanceof VersionFact.Unknown unknown ? unknown.failure() : null;
  }

  private static boolean isRefused(AwsFailure failure) {
    return switch (failure.kind()) {
      case DENIED, INVALID -> true;
      case NOT_FOUND, CONFLICT, THROTTLED, UNAVAILABLE -> false;
    };
  }

  /**
   * Another account's credentials: not AWS but the operator says no, and tells it as InvalidSpec.
   */
  private static boolean isOurOwnWord(AwsFailure failure, Observation seen) {
    return seen.desired() instanceof DesiredRelease.Invalid(String field, String message)
        && message.equals(failure.message());
  }
}
