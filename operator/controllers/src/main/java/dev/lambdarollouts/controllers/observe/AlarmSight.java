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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The alarms of a stage's attempt: watched from before the first shifted request to its end. */
public final class AlarmSight {
  private @Nullable AlarmPort watching;
  private Set<String> watched = Set.of();

  /** The newest samples of what the attempt watches; none while nothing has to be watched. */
  List<AlarmSample> look(
      AwsPort aws, StagePlace place, Progress recorded, String watcher, Runnable onChange) {
    List<String> names = toWatch(recorded);
    if (names.isEmpty()) {
      end(watcher);
      return List.of();
    }
    AlarmPort port = aws.alarms(place.target());
    Set<String> wanted = new TreeSet<>(names);
    if (!wanted.equals(watched)) {
      port.watch(watcher, wanted, onChange);
      watching = port;
      watched = wanted;
    }
    return samples(port, names);
  }

  /** Has the alarm's history looked up, and samples again. */
  List<AlarmSample> lookUp(List<String> names, Instant from, Progress recorded) {
    AlarmPort port = watching;
    if (port == null) {
      return List.of();
    }
    names.forEach(name -> port.lookUpHistory(name, from));
    return samples(port, toWatch(recorded));
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

  private static List<AlarmSample> samples(AlarmPort port, List<String> names) {
    return port.samples(names).stream().map(AlarmSight::toMillis).toList();
  }

  /** As exact as the status is. */
  private static AlarmSample toMillis(AlarmSample sample) {
    return new AlarmSample(
        sample.name(),
        sample.state(),
        toMillis(sample.sampledAt()),
        toMillis(sample.transitionedAt()),
        toMillis(sample.watchedSince()),
        toMillis(sample.historyFrom()),
        toMillis(sample.firedAt()),
        toMillis(sample.okAt()),
        sample.unanswered());
  }

  private static @Nullable Instant toMillis(@Nullable Instant moment) {
    return moment == null ? null : moment.truncatedTo(ChronoUnit.MILLIS);
  }
}
