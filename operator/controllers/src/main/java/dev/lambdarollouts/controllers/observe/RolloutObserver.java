package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.OwnerMark;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.RolloutDecider;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.PublishedElsewhere;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.TimeSource;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one stage's facts into an {@link Observation}. Asks AWS only for what the next decision
 * needs and nobody has told yet: at rest nothing, in a pause nothing, in a step nothing.
 */
public final class RolloutObserver {
  private static final String CALLER = "GetCallerIdentity";
  private static final String HISTORY = "DescribeAlarmHistory";

  private final AwsPort aws;
  private final TimeSource time;
  private final Supplier<Instant> leaderSince;

  /**
   * @param leaderSince when this process became the one that acts
   */
  public RolloutObserver(AwsPort aws, TimeSource time, Supplier<Instant> leaderSince) {
    this.aws = aws;
    this.time = time;
    this.leaderSince = leaderSince;
  }

  /**
   * Observes.
   *
   * @param wake called, from any thread, when an alarm of this stage changed
   */
  public Observation observe(StageInQuestion stage, StageSight sight, Runnable wake) {
    sight.attempt(stage.recorded().attempt());
    return observation(stage, facts(stage, sight, wake));
  }

  private AwsFacts facts(StageInQuestion stage, StageSight sight, Runnable wake) {
    StagePlace place = stage.place();
    if (stage.deletion() == Observation.Deletion.ABANDON) {
      return AwsFacts.notAsked(null);
    }
    if (place == null) {
      return placeUnknown(stage.recorded());
    }
    sight.at(place);
    if (stage.deletion() == Observation.Deletion.YES) {
      sight.goes();
    }
    Patience patience = Patience.of(stage.recorded(), stage.deletion());
    AwsFacts closed = closedDoor(stage.recorded(), place, sight, patience);
    if (closed != null) {
      return closed;
    }
    AwsFacts seen = new StageLook(aws, stage, place, sight, patience, now()).facts();
    return seen.ownedBy() == null ? withAlarms(seen, stage, place, sight, patience, wake) : seen;
  }

  private Observation observation(StageInQuestion stage, AwsFacts facts) {
    AwsFailure failure = facts.failure();
    return new Observation(
        now(),
        OwnerMark.hash(stage.owner()),
        leaderSince.get().truncatedTo(ChronoUnit.MILLIS),
        facts.strangers() && failure != null
            ? new DesiredRelease.Invalid("LambdaStage " + stage.name(), failure.message())
            : stage.desired(),
        stage.paused(),
        stage.deletion(),
        facts.ownedBy(),
        stage.before(),
        facts.alias(),
        facts.function(),
        facts.candidate(),
        facts.stable(),
        facts.alarms().isEmpty() ? AlarmSight.notRead(stage.recorded()) : facts.alarms(),
        stage.actions(),
        failure,
        stage.revisions().with(facts.versions()),
        stage.approval(),
        stage.gates(),
        stage.policies(),
        facts.custody(),
        facts.latestTraffic(),
        stage.elsewhere() == null ? null : new PublishedElsewhere(facts.found()),
        facts.side());
  }

  /** Traffic may be on a candidate of which nobody can say where it is. */
  private static AwsFacts placeUnknown(Progress recorded) {
    boolean somewhere = recorded.stable() != null || recorded.phase().mayHaveTraffic();
    return somewhere
        ? AwsFacts.closed(
            new AwsFailure(
                AwsFailure.Kind.NOT_FOUND,
                "GetAlias",
                "where the stage runs is not known: its LambdaStage is missing or cannot be read"),
            false)
        : AwsFacts.notAsked(null);
  }

  /**
   * Why nothing may be asked: these are, or may be, another account's credentials. Where traffic
   * was moved before, an STS that does not answer stops nothing.
   */
  private @Nullable AwsFacts closedDoor(
      Progress recorded, StagePlace place, StageSight sight, Patience patience) {
    boolean traffic = recorded.phase().mayGoBack();
    AwsFailure before = sight.callerFailure();
    if (before != null && !sight.backoff().mayTry(CALLER, now())) {
      return traffic ? null : AwsFacts.closed(before, false);
    }
    return switch (aws.caller(place.target())) {
      case AwsReply.Done<AwsPort.Caller>(AwsPort.Caller caller) -> {
        sight.callerFailure(null);
        sight.backoff().worked(CALLER);
        AwsFailure wrong = AwsPort.wrongAccount(caller, place.target());
        if (wrong == null) {
          sight.credentials().worked(place);
        }
        yield wrong == null ? null : AwsFacts.closed(wrong, true);
      }
      case AwsReply.Failed<AwsPort.Caller>(AwsFailure failure) -> {
        sight.callerFailure(failure);
        sight.backoff().failed(CALLER, now(), patience.longest());
        yield traffic ? null : AwsFacts.closed(failure, false);
      }
    };
  }

  /** The newest samples, and the history of those that changed while nobody watched. */
  private AwsFacts withAlarms(
      AwsFacts seen,
      StageInQuestion stage,
      StagePlace place,
      StageSight sight,
      Patience patience,
      Runnable wake) {
    List<AlarmSample> samples = sight.alarms().look(aws, place, stage, wake);
    Map<String, Instant> unknown = unknownPast(stage, samples);
    if (!unknown.isEmpty() && sight.backoff().mayTry(HISTORY, now())) {
      samples = sight.alarms().lookUp(unknown, stage);
      if (unknownPast(stage, samples).isEmpty()) {
        sight.backoff().worked(HISTORY);
      } else {
        sight.backoff().failed(HISTORY, now(), patience.longest());
      }
    }
    return new AwsFacts(
        seen.alias(),
        seen.function(),
        seen.candidate(),
        seen.stable(),
        samples,
        null,
        false,
        seen.failure(),
        seen.versions(),
        seen.custody(),
        seen.latestTraffic(),
        seen.found(),
        seen.side());
  }

  private Map<String, Instant> unknownPast(StageInQuestion stage, List<AlarmSample> samples) {
    return RolloutDecider.alarmsToLookUp(
        stage.recorded(), observation(stage, AwsFacts.samples(samples, null)));
  }

  private Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
