package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.act.Acted;
import dev.lambdarollouts.controllers.act.DecisionExecutor;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.controllers.observe.RolloutObserver;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.report.Notices;
import dev.lambdarollouts.controllers.translate.FunctionKey;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.decide.Standing;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over one rollout. */
final class RolloutPass {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutPass.class);

  /** What could not be told of an action is told again. */
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

  private final LoopPorts ports;
  private final RolloutObserver observer;
  private final DecisionExecutor executor;
  private final FunctionClaims claims;
  private final Promotions promotions;
  private final StageGates gates;
  private final Consumer<ObjectKey> wake;
  private final LambdaRollout rollout;
  private final ObjectKey key;
  private final RolloutMemory memory;
  private final Instant at;

  RolloutPass(
      LoopPorts ports,
      RolloutObserver observer,
      DecisionExecutor executor,
      FunctionClaims claims,
      Promotions promotions,
      StageGates gates,
      Consumer<ObjectKey> wake,
      LambdaRollout rollout,
      RolloutMemory memory) {
    this.ports = ports;
    this.observer = observer;
    this.executor = executor;
    this.claims = claims;
    this.promotions = promotions;
    this.gates = gates;
    this.wake = wake;
    this.rollout = rollout;
    this.key = ObjectKey.of(rollout);
    this.memory = memory;
    this.at = RolloutLoop.now(ports);
  }

  PassOutcome run() {
    // Read once and first: a generation that appears during the pass was not looked at.
    LambdaFunction function = RolloutReading.function(rollout, ports.cluster());
    List<StageReading> readings =
        new RolloutReading(rollout, function, ports.cluster())
            .stages().stream().filter(reading -> !memory.hasLetGo(reading)).toList();
    claim(readings);
    readings.forEach(this::learnKeys);
    Map<String, StageSight> sights = sights(readings);
    Map<String, StageAim> aims = aims(readings, sights);
    OpenActions actions = actions(readings, aims);
    List<StageOutcome> outcomes =
        new StageChain(
                ports,
                observer,
                claims,
                rollout,
                sights,
                aims,
                actions,
                gates,
                () -> wake.accept(key))
            .decide(readings);
    RecordKeeping keeping = new RecordKeeping(ports, rollout, actions, outcomes);
    return switch (keeping.record()) {
      case StatusWrite.Written(LambdaRollout now) -> {
        memory.written(now);
        forgetStagesBut(sights);
        boolean allTold = keeping.tell();
        tellOfRefusals(outcomes, sights);
        memory.refused(keeping.refusals());
        note(function, outcomes);
        gates.recorded(outcomes, wake);
        PassOutcome acted = act(outcomes, sights, actions, keeping.hasProgressed());
        keeping.tidyUp();
        yield allTold ? acted : acted.noLaterThan(RolloutLoop.now(ports).plus(TOLD_AGAIN));
      }
      case StatusWrite.Gone gone -> PassOutcome.GONE;
      case StatusWrite.Conflict conflict -> {
        memory.distrust();
        yield PassOutcome.AGAIN;
      }
    };
  }

  private void learnKeys(StageReading reading) {
    StagePlace place = reading.wanted().place();
    if (place != null && place.target().keys() != null && reading.keys() != null) {
      ports.aws().learn(place.target().keys(), reading.keys());
    }
  }

  /** Every rollout's word is needed before any of them touches a function. */
  private void claim(List<StageReading> readings) {
    for (LambdaRollout other : ports.cluster().rollouts()) {
      ObjectKey name = ObjectKey.of(other);
      if (!name.equals(key)
          && !claims.knows(name)
          && !claims.isGone(other.getMetadata().getUid())) {
        claim(name, other, stagesOf(other));
      }
    }
    claim(key, rollout, readings).forEach(wake);
  }

  private Set<ObjectKey> claim(ObjectKey name, LambdaRollout of, List<StageReading> readings) {
    boolean complete = readings.stream().allMatch(reading -> reading.likelyPlace() != null);
    return claims.claim(name, created(of), meant(readings), complete && !readings.isEmpty());
  }

  /** What goes wrong with another rollout is told by its own pass. */
  private List<StageReading> stagesOf(LambdaRollout other) {
    try {
      LambdaFunction function = RolloutReading.function(other, ports.cluster());
      return new RolloutReading(other, function, ports.cluster()).stages();
    } catch (RuntimeException bug) {
      LOG.error("LambdaRollout {} cannot be read", ObjectKey.of(other), bug);
      return List.of();
    }
  }

  private static Map<FunctionKey, Boolean> meant(List<StageReading> readings) {
    Map<FunctionKey, Boolean> meant = new HashMap<>();
    for (StageReading reading : readings) {
      if (reading.likelyPlace() != null) {
        meant.merge(
            reading.likelyPlace().function(), StageAim.hasWorked(reading), Boolean::logicalOr);
      }
    }
    return meant;
  }

  private static Instant created(LambdaRollout rollout) {
    String created = rollout.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }

  private Map<String, StageSight> sights(List<StageReading> readings) {
    return readings.stream()
        .collect(
            Collectors.toMap(
                StageReading::name,
                reading -> memory.sight(reading.name(), ports.driftCheckInterval(), at)));
  }

  private Map<String, StageAim> aims(List<StageReading> readings, Map<String, StageSight> sights) {
    Map<String, StageAim> aims = new HashMap<>();
    for (StageReading reading : readings) {
      StageSight sight = sights.get(reading.name());
      if (sight != null) {
        aims.put(
            reading.name(),
            StageAim.of(reading, sight, ports.aws(), StageChain.deletion(rollout), at));
      }
    }
    return aims;
  }

  private OpenActions actions(List<StageReading> readings, Map<String, StageAim> aims) {
    List<StageReading> staying =
        readings.stream().filter(reading -> !reading.takenOffTheList()).toList();
    String current =
        staying.stream()
            .filter(reading -> !isReached(aims.get(reading.name()), reading))
            .findFirst()
            .or(() -> staying.reversed().stream().findFirst())
            .map(StageReading::name)
            .orElse(null);
    return new OpenActions(
        ports.cluster().actions(key),
        memory.refused(),
        staying.stream().map(StageReading::name).collect(Collectors.toSet()),
        recordedAt(staying),
        current,
        ports.approvalsIgnored());
  }

  private static Map<String, String> recordedAt(List<StageReading> readings) {
    Map<String, String> recordedAt = new HashMap<>();
    for (StageReading reading : readings) {
      if (reading.recorded() instanceof Recorded.Readable(Progress progress)) {
        progress.actions().forEach(action -> recordedAt.put(action.uid(), reading.name()));
      }
    }
    return recordedAt;
  }

  private static boolean isReached(@Nullable StageAim aim, StageReading reading) {
    return aim != null && aim.isReached(reading);
  }

  private void forgetStagesBut(Map<String, StageSight> sights) {
    memory.sights().keySet().stream()
        .filter(stage -> !sights.containsKey(stage))
        .forEach(
            stage -> {
              StageSight sight = memory.forget(stage);
              if (sight != null) {
                sight.close(memory.watcher(stage));
              }
              ports.metrics().forget(key, stage);
            });
  }

  private void note(@Nullable LambdaFunction function, List<StageOutcome> outcomes) {
    if (function != null) {
      promotions.note(
          key,
          ObjectKey.of(function),
          function.getMetadata().getGeneration(),
          !outcomes.isEmpty() && outcomes.stream().allMatch(RolloutPass::isHealthy));
    }
  }

  private static boolean isHealthy(StageOutcome outcome) {
    return outcome instanceof StageOutcome.Decided decided
        && decided.verdict().standing() instanceof Standing.Healthy;
  }

  private PassOutcome act(
      List<StageOutcome> outcomes,
      Map<String, StageSight> sights,
      OpenActions actions,
      boolean progressed) {
    Acts acts = new Acts(executor, outcomes, sights).carryOut();
    sights.forEach(this::tellOfVersionsThatStay);
    Observation.Deletion deletion = StageChain.deletion(rollout);
    if (deletion != Observation.Deletion.NO
        && outcomes.stream().allMatch(outcome -> isLetGo(outcome, acts, deletion))) {
      return PassOutcome.LET_GO;
    }
    boolean entriesGo = deletion == Observation.Deletion.NO && letGo(outcomes, acts);
    return acts.anythingDone() || progressed || entriesGo
        ? PassOutcome.AGAIN
        : new PassOutcome(
            false, new NextLook(RolloutLoop.now(ports)).after(outcomes, sights, actions), false);
  }

  /** The message says it as long as it lasts; an Event says once that somebody has to come. */
  private void tellOfRefusals(List<StageOutcome> outcomes, Map<String, StageSight> sights) {
    for (StageOutcome outcome : outcomes) {
      StageSight sight = sights.get(outcome.reading().name());
      if (sight != null && outcome instanceof StageOutcome.Decided decided) {
        int attempt = decided.verdict().progress().attempt();
        for (AwsFailure failure : sight.refusals().news(decided.seen())) {
          ports.writer().tell(Notices.refusedByAws(rollout, decided.name(), attempt, failure, at));
        }
      }
    }
  }

  /** A version that cannot be deleted holds up nothing: it is said once after each attempt. */
  private void tellOfVersionsThatStay(String stage, StageSight sight) {
    AwsFailure failure = sight.cleanUp().takeUntold();
    if (failure != null) {
      ports.writer().tell(Notices.notDeleted(rollout, stage, failure, at));
    }
  }

  /**
   * Stages taken off the list that have nothing left to do: their entries go with the next pass.
   */
  private boolean letGo(List<StageOutcome> outcomes, Acts acts) {
    boolean any = false;
    for (StageOutcome outcome : outcomes) {
      if (acts.of(outcome.reading().name()) instanceof Acted.LetGo) {
        memory.letGo(outcome.reading().name());
        any = true;
      }
    }
    return any;
  }

  private static boolean isLetGo(StageOutcome outcome, Acts acts, Observation.Deletion deletion) {
    return switch (outcome) {
      case StageOutcome.Held held -> deletion == Observation.Deletion.ABANDON;
      case StageOutcome.Decided decided -> acts.of(decided.name()) instanceof Acted.LetGo;
    };
  }
}
