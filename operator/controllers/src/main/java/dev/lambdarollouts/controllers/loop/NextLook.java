package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a rollout is to be looked at again if nothing happens before. */
final class NextLook {
  /**
   * While an attempt runs, and where a moment that was asked for is past: a wake-up that got lost
   * costs no more than this. Looking asks AWS nothing.
   */
  private static final Duration AT_LEAST = Duration.ofMinutes(1);

  private final Instant at;

  NextLook(Instant at) {
    this.at = at;
  }

  @Nullable Instant after(
      List<StageOutcome> outcomes, Map<String, StageSight> sights, OpenActions actions) {
    return Stream.concat(
            outcomes.stream().flatMap(outcome -> moments(outcome, sights)),
            Stream.ofNullable(actions.nextExpiry()))
        .map(this::notPast)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private Stream<Instant> moments(StageOutcome outcome, Map<String, StageSight> sights) {
    return switch (outcome) {
      case StageOutcome.Held held -> Stream.of(at.plus(AT_LEAST));
      case StageOutcome.Decided decided -> {
        StageSight sight = sights.get(decided.name());
        Progress progress = decided.verdict().progress();
        boolean runs =
            progress.phase() == StagePhase.ROLLING_BACK
                || (!progress.phase().atRest() && progress.plan() != null);
        yield Stream.of(
                decided.verdict().wakeAt(),
                sight == null ? null : sight.nextTry(at),
                sight == null || progress.stable() == null
                    ? null
                    : sight.nextCheck(progress.phase().atRest()),
                sight == null || !progress.phase().atRest() ? null : sight.nextCleanUp(at),
                sight == null ? null : sight.nextPublished(),
                runs ? at.plus(AT_LEAST) : null)
            .filter(Objects::nonNull);
      }
    };
  }

  private Instant notPast(Instant moment) {
    return moment.isAfter(at) ? moment : at.plus(AT_LEAST);
  }
}
