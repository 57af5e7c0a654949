package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.observe.Contest;
import dev.lambdarollouts.controllers.observe.RolloutObserver;
import dev.lambdarollouts.controllers.observe.StageInQuestion;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.AlarmStatus;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes and decides the stages of one rollout in their order. Each sees what was decided of the
 * one before in the same pass: all of it is recorded together.
 */
final class StageChain {
  private static final Logger LOG = LoggerFactory.getLogger(StageChain.class);

  /** A person's word that nothing in AWS is to be touched any more; api.md, Deletion. */
  private static final String ABANDON = "lambdarollouts.dev/abandon";

  private final LoopPorts ports;
  private final RolloutObserver observer;
  private final FunctionClaims claims;
  private final LambdaRollout rollout;
  private final ObjectKey key;
  private final Map<String, StageSight> sights;
  private final Map<String, StageAim> aims;
  private final OpenActions actions;
  private final StageGates gates;
  private final Runnable wake;

  /**
   * @param sights what is known of each stage in AWS
   * @param aims what each stage is to come to
   * @param gates of its stages
   * @param wake wakes this rollout, from any thread
   */
  StageChain(
      LoopPorts ports,
      RolloutObserver observer,
      FunctionClaims claims,
      LambdaRollout rollout,
      Map<String, StageSight> sights,
      Map<String, StageAim> aims,
      OpenActions actions,
      StageGates gates,
      Runnable wake) {
    this.ports = ports;
    this.observer = observer;
    this.claims = claims;
    this.rollout = rollout;
    this.key = ObjectKey.of(rollout);
    this.sights = sights;
    this.aims = aims;
    this.actions = actions;
    this.gates = gates;
    this.wake = wake;
  }

  /** Whether the rollout is to go. */
  static Observation.Deletion deletion(LambdaRollout rollout) {
    if (rollout.getMetadata().getDeletionTimestamp() == null) {
      return Observation.Deletion.NO;
    }
    return going(rollout);
  }

  private static Observation.Deletion going(LambdaRollout rollout) {
    Map<String, String> annotations = rollout.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(ABANDON))
        ? Observation.Deletion.ABANDON
        : Observation.Deletion.YES;
  }

  /** A stage that was taken off the list goes as if the rollout did. */
  private Observation.Deletion deletionOf(StageReading reading) {
    return reading.takenOffTheList() ? going(rollout) : deletion(rollout);
  }

  List<StageOutcome> decide(List<StageReading> readings) {
    List<StageOutcome> outcomes = new ArrayList<>();
    for (StageReading reading : readings) {
      // Those on their way out come last, and wait for nobody.
      outcomes.add(
          decide(
              reading.with(
                  SharedEnd.policies(deletion(rollout), reading, readings, outcomes, this::place)),
              reading.takenOffTheList() ? List.of() : List.copyOf(outcomes),
              beside(reading, readings)));
    }
    return outcomes;
  }

  /** The stages that share the function of this one, by aliases of their own. */
  private Revisions.Beside beside(StageReading reading, List<StageReading> all) {
    StagePlace place = aim(reading).place();
    List<StageReading> others =
        all.stream()
            .filter(other -> !other.name().equals(reading.name()))
            .filter(other -> mayShare(place, aim(other).place()))
            .toList();
    List<Progress> known = new ArrayList<>();
    for (StageReading other : others) {
      if (other.recorded() instanceof Recorded.Readable(Progress progress)) {
        known.add(progress);
      }
    }
    return new Revisions.Beside(known, known.size() == others.size());
  }

  private static boolean mayShare(@Nullable StagePlace one, @Nullable StagePlace other) {
    return one == null || other == null || one.function().equals(other.function());
  }

  /** How much is kept; absent while the spec cannot be read. */
  private Revisions.@Nullable Retention retention() {
    return switch (rollout.spec()) {
      case Parsed.Valid<LambdaRolloutSpec> valid -> {
        LambdaRolloutSpec spec = valid.value();
        LambdaRolloutSpec.RollbackWindow window = spec.rollbackWindow();
        yield new Revisions.Retention(
            spec.revisionHistoryLimit(), window == null ? 0 : window.revisions());
      }
      case Parsed.Invalid<LambdaRolloutSpec> invalid -> null;
    };
  }

  private StageOutcome decide(
      StageReading reading, List<StageOutcome> before, Revisions.Beside beside) {
    return switch (reading.recorded()) {
      case Recorded.Unreadable(String field, String problem) ->
          new StageOutcome.Held(
              reading,
              StageOutcome.Held.STATUS_UNREADABLE,
              field + ": " + problem + "; nothing is done here");
      case Recorded.Readable(Progress recorded) -> decide(reading, recorded, before, beside);
    };
  }

  /** What goes wrong with one stage holds up no other. */
  private StageOutcome decide(
      StageReading reading, Progress recorded, List<StageOutcome> before, Revisions.Beside beside) {
    try {
      StageInQuestion question = question(reading, recorded, before, beside);
      StageSight sight = sight(reading);
      Observation seen = observer.observe(question, sight, wake);
      return new StageOutcome.Decided(
          reading, question, seen, gates.decide(reading, recorded, seen));
    } catch (RuntimeException bug) {
      LOG.error("stage {} of LambdaRollout {} cannot be decided", reading.name(), key, bug);
      return new StageOutcome.Held(
          reading,
          "InternalError",
          "the operator cannot decide this stage ("
              + bug.getClass().getSimpleName()
              + "): see its log, and report it");
    }
  }

  private StageInQuestion question(
      StageReading reading, Progress recorded, List<StageOutcome> before, Revisions.Beside beside) {
    StageAim aim = aim(reading);
    Observation.Deletion deletion = deletion(rollout);
    return new StageInQuestion(
        rollout.getMetadata().getUid() + "/" + reading.name(),
        reading.name(),
        new Owner(ports.installation(), key.namespace(), key.name()),
        recorded,
        aim.desired(),
        aim.definition(),
        aim.place(),
        pausedBy(reading),
        deletionOf(reading),
        reading.takenOffTheList() && deletion == Observation.Deletion.NO,
        aim.place() == null ? new Contest.None() : claims.contest(key, aim.place().function()),
        new StagesBefore(before, this::aim).of(aim),
        actions.of(reading.name()),
        alarmsSince(reading),
        new Revisions(retention(), beside, new Revisions.Versions.NotRead()),
        reading.approval(),
        gates.of(reading, recorded, before, RolloutLoop.now(ports)),
        reading.policies(),
        aim.elsewhere());
  }

  private static Map<String, Instant> alarmsSince(StageReading reading) {
    Map<String, Instant> since = new HashMap<>();
    if (reading.entry() != null) {
      for (AlarmStatus alarm : reading.entry().alarms()) {
        if (alarm.since() != null) {
          since.put(alarm.name(), alarm.since());
        }
      }
    }
    return since;
  }

  private Observation.@Nullable PausedBy pausedBy(StageReading reading) {
    boolean paused =
        switch (rollout.spec()) {
          case Parsed.Valid<LambdaRolloutSpec> valid -> valid.value().paused();
          case Parsed.Invalid<LambdaRolloutSpec> invalid ->
              invalid.raw().path("paused").asBoolean(false);
        };
    if (paused) {
      return Observation.PausedBy.ROLLOUT;
    }
    return reading.suspended() ? Observation.PausedBy.STAGE : null;
  }

  private @Nullable StagePlace place(StageReading reading) {
    return aim(reading).place();
  }

  private StageAim aim(StageReading reading) {
    return of(aims, reading);
  }

  private StageSight sight(StageReading reading) {
    return of(sights, reading);
  }

  private static <T> T of(Map<String, T> byStage, StageReading reading) {
    T found = byStage.get(reading.name());
    if (found == null) {
      throw new IllegalStateException("stage " + reading.name() + " was not prepared");
    }
    return found;
  }
}
