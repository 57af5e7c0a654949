package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.PlaceLookup;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.controllers.translate.StageWanted;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is to come to, and where.
 *
 * @param definition of the desired release, absent where that is not known
 * @param place absent when not known
 * @param overridesCode the stage runs other code than the function's own
 */
record StageAim(
    DesiredRelease desired,
    @Nullable FunctionDefinition definition,
    @Nullable StagePlace place,
    boolean overridesCode) {

  /**
   * Takes the desired release from the spec, and the place from there or, where that is broken,
   * from the status and from what was known before.
   */
  static StageAim of(
      StageReading reading, StageSight sight, Function<FunctionDefinition, ReleaseId> release) {
    StagePlace recorded = recordedPlace(reading, sight);
    StagePlace wanted = reading.wanted().place();
    if (recorded != null && wanted != null && hasWorked(reading) && !recorded.isSameAlias(wanted)) {
      return new StageAim(moved(reading, recorded, wanted), null, recorded, false);
    }
    StagePlace place = wanted == null ? recorded : wanted;
    return switch (reading.wanted()) {
      case StageWanted.Known known ->
          new StageAim(
              new DesiredRelease.Known(
                  release.apply(known.definition()),
                  known.releaseName(),
                  known.plan(),
                  known.codeSha256()),
              known.definition(),
              place,
              known.overridesCode());
      case StageWanted.Invalid invalid ->
          new StageAim(
              new DesiredRelease.Invalid(invalid.field(), invalid.message()), null, place, false);
      case StageWanted.Missing missing ->
          new StageAim(new DesiredRelease.Missing(missing.message()), null, place, false);
    };
  }

  /** True when the stage was recorded as standing on what is desired of it. */
  boolean isReached(StageReading reading) {
    return reading.recorded() instanceof Recorded.Readable(Progress progress)
        && isReached(progress);
  }

  /** True when this progress stands on what is desired. */
  boolean isReached(Progress progress) {
    return progress.phase() == StagePhase.SUCCEEDED
        && desired instanceof DesiredRelease.Known known
        && progress.standsOn(known.id());
  }

  /** It has done something in AWS, or nobody knows. */
  static boolean hasWorked(StageReading reading) {
    return switch (reading.recorded()) {
      case Recorded.Readable(Progress progress) ->
          progress.attempt() > 0 || progress.stable() != null;
      case Recorded.Unreadable unreadable -> true;
    };
  }

  private static @Nullable StagePlace recordedPlace(StageReading reading, StageSight sight) {
    StagePlace wanted = reading.wanted().place();
    StagePlace known = wanted == null ? sight.lastPlace() : wanted;
    return reading.entry() == null
        ? sight.lastPlace()
        : PlaceLookup.of(reading.entry(), known == null ? null : known.target().assumedRole());
  }

  private static DesiredRelease moved(
      StageReading reading, StagePlace recorded, StagePlace wanted) {
    return new DesiredRelease.Invalid(
        "LambdaStage " + reading.name(),
        "means "
            + wanted.aliasArn()
            + " now, and this rollout is at "
            + recorded.aliasArn()
            + ": a stage does not move; restore it, or take it off spec.stages, wait until it is"
            + " gone from status.stages, and add it again");
  }
}
