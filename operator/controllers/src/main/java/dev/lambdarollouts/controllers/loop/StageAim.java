package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.observe.Elsewhere;
import dev.lambdarollouts.controllers.observe.Patience;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.PlaceLookup;
import dev.lambdarollouts.controllers.translate.PublishedVersion;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.controllers.translate.StageWanted;
import dev.lambdarollouts.engine.decide.BesideTheRelease;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is to come to, and where.
 *
 * @param definition of the desired release, absent where that is not known
 * @param place absent when not known
 * @param overridesCode the stage runs other code than the function's own
 * @param elsewhere what somebody else published; absent where this operator publishes
 */
record StageAim(
    DesiredRelease desired,
    @Nullable FunctionDefinition definition,
    @Nullable StagePlace place,
    boolean overridesCode,
    @Nullable Elsewhere elsewhere) {

  /**
   * Takes the desired release from the spec, and the place from there or, where that is broken,
   * from the status and from what was known before. What somebody else published is looked up in
   * AWS, where its time has come.
   */
  static StageAim of(
      StageReading reading,
      StageSight sight,
      AwsPort aws,
      Observation.Deletion deletion,
      Instant at) {
    StagePlace recorded = recordedPlace(reading, sight);
    StagePlace wanted = reading.wanted().place();
    if (recorded != null && wanted != null && hasWorked(reading) && !recorded.isSameAlias(wanted)) {
      return new StageAim(moved(reading, recorded, wanted), null, recorded, false, null);
    }
    StagePlace meant = wanted == null ? recorded : wanted;
    StagePlace place =
        meant == null ? null : sight.credentials().place(aws, meant, mayHaveTraffic(reading), at);
    AwsFailure refused = sight.credentials().failure();
    return switch (reading.wanted()) {
      case StageWanted.Known known when refused != null ->
          new StageAim(edited(reading, refused), null, place, known.overridesCode(), null);
      case StageWanted.Known known when known.published() != null ->
          elsewhere(known, known.published(), reading, sight, aws, deletion, at);
      case StageWanted.Known known ->
          new StageAim(
              desired(known, aws.release(Objects.requireNonNull(known.definition()))),
              known.definition(),
              place,
              known.overridesCode(),
              null);
      case StageWanted.Invalid invalid ->
          new StageAim(
              new DesiredRelease.Invalid(invalid.field(), invalid.message()),
              null,
              place,
              false,
              null);
      case StageWanted.Missing missing ->
          new StageAim(new DesiredRelease.Missing(missing.message()), null, place, false, null);
    };
  }

  private static DesiredRelease edited(StageReading reading, AwsFailure refused) {
    String meanwhile =
        "; correct them: until then those of before watch alarms and take traffic back";
    return refused.isRefusal()
        ? new DesiredRelease.Invalid(
            "LambdaStage " + reading.name() + ": spec.credentials", refused + meanwhile)
        : new DesiredRelease.Unread(
            "cannot see whose the edited credentials are (" + refused + ")" + meanwhile);
  }

  private static boolean mayHaveTraffic(StageReading reading) {
    return switch (reading.recorded()) {
      case Recorded.Readable(Progress progress) -> progress.phase().mayGoBack();
      case Recorded.Unreadable unreadable -> true;
    };
  }

  private static DesiredRelease.Known desired(StageWanted.Known known, ReleaseId id) {
    return new DesiredRelease.Known(
        id, known.releaseName(), known.plan(), known.codeSha256(), known.side());
  }

  private static StageAim elsewhere(
      StageWanted.Known known,
      PublishedVersion published,
      StageReading reading,
      StageSight sight,
      AwsPort aws,
      Observation.Deletion deletion,
      Instant at) {
    StagePlace place = known.place();
    VersionFact version =
        deletion != Observation.Deletion.NO
            ? new VersionFact.NotRead()
            : sight
                .published()
                .look(
                    aws.functions(place.target()),
                    place,
                    published,
                    at,
                    patience(reading, deletion));
    DesiredRelease desired =
        switch (version) {
          case VersionFact.Published found ->
              desired(known, aws.release(found.number(), found.codeSha256()));
          case VersionFact.NotPublished none ->
              new DesiredRelease.Missing(missing(published, place));
          case VersionFact.NotRead notRead ->
              new DesiredRelease.Unread("looks which version is published");
          case VersionFact.Unknown(String why, var failure) ->
              new DesiredRelease.Unread("cannot see which version is published (" + why + ")");
        };
    ReleaseId release = desired instanceof DesiredRelease.Known of ? of.id() : null;
    return new StageAim(
        desired,
        null,
        place,
        known.overridesCode(),
        new Elsewhere(release, version, published.version() == null));
  }

  private static Duration patience(StageReading reading, Observation.Deletion deletion) {
    return reading.recorded() instanceof Recorded.Readable(Progress progress)
        ? Patience.of(progress, deletion).longest()
        : Patience.of(Progress.BLANK, deletion).longest();
  }

  private static String missing(PublishedVersion published, StagePlace place) {
    return published.version() == null
        ? published.field()
            + ": "
            + place.functionArn()
            + " is not there, or has no version: publish one"
        : published.field()
            + ".version: found "
            + published.version()
            + ", which "
            + place.functionArn()
            + " does not have: publish it, name another, or leave it out to take the newest";
  }

  /** True when the stage was recorded as standing on what is desired of it. */
  boolean isReached(StageReading reading) {
    return reading.recorded() instanceof Recorded.Readable(Progress progress)
        && isReached(progress);
  }

  /** True when this progress stands on what is desired, and has what is asked for beside it. */
  boolean isReached(Progress progress) {
    return progress.phase() == StagePhase.SUCCEEDED
        && desired instanceof DesiredRelease.Known known
        && progress.standsOn(known.id())
        && BesideTheRelease.isApplied(progress, known.side());
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
        : PlaceLookup.of(reading.entry(), known == null ? null : known.target());
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
