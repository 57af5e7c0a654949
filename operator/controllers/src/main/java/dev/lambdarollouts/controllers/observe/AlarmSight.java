package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The alarms of a stage's attempt: watched from before the first shifted request to its end. */
public final class AlarmSight {
  private @Nullable AlarmPort watching;
  private Set<String> watched = Set.of();
  private @Nullable Instant inheritedStep;
  private boolean looked;

  /** The newest samples of what the attempt watches; none while nothing has to be watched. */
  List<AlarmSample> look(AwsPort aws, StagePlace place, StageInQuestion stage, Runnable onChange) {
    Progress recorded = stage.recorded();
    String watcher = stage.watcher();
    if (!looked) {
      looked = true;
      inheritedStep = recorded.stepStartedAt();
    }
    List<String> names = toWatch(recorded);
    if (names.isEmpty()) {
      end(watcher);
      return List.of();
    }
    AlarmPort port = aws.alarms(place.target());
    if (!port.equals(watching)) {
      // Other credentials are another port, which knows nothing of what was asked of the last one.
      end(watcher);
    }
    Set<String> wanted = new TreeSet<>(names);
    if (!wanted.equals(watched)) {
      port.watch(watcher, wanted, onChange);
      watching = port;
      watched = wanted;
    }
    return samples(port, names, stage);
  }

  /**
   * Has the history of alarms looked up, and samples again.
   *
   * @param from when, by the alarm's name
   */
  List<AlarmSample> lookUp(Map<String, Instant> from, StageInQuestion stage) {
    AlarmPort port = watching;
    if (port == null) {
      return List.of();
    }
    from.forEach(port::lookUpHistory);
    return samples(port, toWatch(stage.recorded()), stage);
  }

  /** What is to be watched, where nothing could be asked: what is recorded of it stays. */
  static List<AlarmSample> notRead(Progress recorded) {
    return toWatch(recorded).stream().map(AlarmSample::never).toList();
  }

  /** Nobody has to be told of these alarms any more. */
  void end(String watcher) {
    if (watching != null) {
      watching.watch(watcher, Set.of(), () -> {});
      watching = null;
      watched = Set.of();
    }
  }

  private static List<String> toWatch(Progress recorded) {
    Plan plan = recorded.plan();
    StagePhase phase = recorded.phase();
    boolean runs =
        phase == StagePhase.PRE_TRAFFIC
            || phase == StagePhase.AWAITING_APPROVAL
            || phase.mayHaveTraffic();
    return plan == null || !runs
        ? List.of()
        : plan.alarms().stream().map(WatchedAlarm::name).distinct().toList();
  }

  private List<AlarmSample> samples(AlarmPort port, List<String> names, StageInQuestion stage) {
    Instant step = stage.recorded().stepStartedAt();
    Instant inherited = step != null && step.equals(inheritedStep) ? step : null;
    return port.samples(names).stream()
        .map(sample -> exact(sample, inherited, stage.alarmsSince().get(sample.name())))
        .toList();
  }

  /**
   * As exact as the status is.
   *
   * @param inherited start of a step that another process recorded, by its own clock: this one has
   *     not watched since before it, whatever the clocks say
   */
  private static AlarmSample exact(
      AlarmSample sample, @Nullable Instant inherited, @Nullable Instant recordedSince) {
    Instant since = toMillis(sample.watchedSince());
    return new AlarmSample(
        sample.name(),
        sample.state(),
        toMillis(sample.sampledAt()),
        toMillis(sample.transitionedAt()),
        since == null || inherited == null || since.isAfter(inherited)
            ? since
            : inherited.plusMillis(1),
        toMillis(sample.historyFrom()),
        toMillis(sample.firedAt()),
        toMillis(sample.okAt()),
        sample.unanswered(),
        recordedSince,
        toMillis(sample.firedByHistory()));
  }

  private static @Nullable Instant toMillis(@Nullable Instant moment) {
    return moment == null ? null : moment.truncatedTo(ChronoUnit.MILLIS);
  }
}
