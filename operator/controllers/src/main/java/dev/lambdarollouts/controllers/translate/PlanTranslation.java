package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.PinnedPlan;
import dev.lambdarollouts.crds.strategy.CanaryStep;
import dev.lambdarollouts.crds.strategy.CanaryStep.PauseStep;
import dev.lambdarollouts.crds.strategy.CanaryTraffic;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import dev.lambdarollouts.crds.strategy.StepWeight;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it is pinned in a status, in the shape of a RolloutStrategy in which nothing is left to
 * a default: what a later version changes there does not reach an attempt under way.
 */
final class PlanTranslation {
  private static final ObjectReader READER =
      CrdJson.MAPPER.readerFor(new TypeReference<Parsed<RolloutStrategySpec>>() {});

  private static final LatelyPinned LATELY = new LatelyPinned();

  private PlanTranslation() {}

  static PinnedPlan pin(Plan plan) {
    PinnedPlan known = LATELY.of(plan);
    if (known != null) {
      return known;
    }
    ObjectNode strategy = CrdJson.MAPPER.valueToTree(written(plan));
    PinnedPlan pinned = new PinnedPlan(ShortHash.of(strategy.toString()), strategy);
    LATELY.written(plan, pinned);
    return pinned;
  }

  /**
   * What it takes at most, without writing it out: a step in full is 75 bytes, a letter at most 6.
   */
  static int mostBytes(Plan plan) {
    int names = plan.alarms().stream().mapToInt(alarm -> alarm.name().length()).sum();
    return 1_024 + 128 * (plan.entries().size() + plan.alarms().size()) + 6 * names;
  }

  /** How much room it takes in a status. */
  static int bytes(Plan plan) {
    return pin(plan).strategy().toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static RolloutStrategySpec written(Plan plan) {
    return new RolloutStrategySpec(
        null,
        new CanaryTraffic(plan.entries().stream().map(PlanTranslation::step).toList()),
        null,
        null,
        null,
        plan.alarms().stream().map(PlanTranslation::alarm).toList(),
        new dev.lambdarollouts.crds.strategy.AlarmPolicy(
            StrategyWords.write(plan.alarmPolicy().alreadyFiring()),
            StrategyWords.write(plan.alarmPolicy().onPollFailure()),
            KubernetesDuration.text(plan.alarmPolicy().maxStaleness())),
        null,
        null,
        KubernetesDuration.text(plan.bakeTime()),
        KubernetesDuration.text(plan.progressDeadline()),
        StrategyWords.write(plan.onDeadline()));
  }

  private static CanaryStep step(Entry entry) {
    return switch (entry) {
      case Entry.SetWeight(Weight weight) ->
          new CanaryStep(StepWeight.of(weight.toString()), null, null, null);
      case Entry.TimedPause(Duration duration) ->
          pause(new PauseStep(KubernetesDuration.text(duration), null, null, null));
      case Entry.IndefinitePause(Duration timeout, Entry.OnTimeout onTimeout) ->
          pause(
              new PauseStep(
                  null,
                  null,
                  timeout == null ? null : KubernetesDuration.text(timeout),
                  StrategyWords.write(onTimeout)));
    };
  }

  private static CanaryStep pause(PauseStep pause) {
    return new CanaryStep(null, pause, null, null);
  }

  private static dev.lambdarollouts.crds.strategy.WatchedAlarm alarm(WatchedAlarm alarm) {
    return new dev.lambdarollouts.crds.strategy.WatchedAlarm(
        alarm.name(), StrategyWords.write(alarm.onInsufficientData()));
  }

  /**
   * Reads one.
   *
   * @param field of the plan in the status
   */
  static Plan read(PinnedPlan pinned, String field) throws UnreadableException {
    Plan known = LATELY.of(pinned);
    if (known != null) {
      return known;
    }
    String at = field + ".strategy";
    return switch (parse(pinned.strategy())) {
      case Parsed.Valid<RolloutStrategySpec> valid -> {
        Plan plan = plan(valid.value(), at);
        LATELY.read(pinned, plan);
        yield plan;
      }
      case Parsed.Invalid<RolloutStrategySpec> invalid ->
          throw new UnreadableException(at + invalid.field(), invalid.problem());
    };
  }

  private static Parsed<RolloutStrategySpec> parse(ObjectNode strategy) {
    try {
      return READER.readValue(strategy);
    } catch (IOException aTreeHasNone) {
      throw new IllegalStateException(aTreeHasNone);
    }
  }

  /** What a later version pinned and this one would not do is never left out. */
  private static <T> void refuseUnknown(UnsupportedFields<T> fields, T found, String at)
      throws UnreadableException {
    String field = fields.firstIn(found);
    if (field != null) {
      throw new UnreadableException(
          at + "." + field,
          "is not known to this version of the operator: run the version that wrote it");
    }
  }

  private static Plan plan(RolloutStrategySpec strategy, String at) throws UnreadableException {
    refuseUnknown(UnsupportedFields.STRATEGY, strategy, at);
    List<CanaryStep> steps = required(strategy.canary(), at + ".canary").steps();
    List<Entry> entries = new ArrayList<>();
    for (int index = 0; index < steps.size(); index++) {
      entries.add(entry(steps.get(index), at + ".canary.steps[" + index + "]"));
    }
    if (!entries.contains(new Entry.SetWeight(Weight.ALL))) {
      throw new UnreadableException(at + ".canary.steps", "none of them sets the weight to 100%");
    }
    List<WatchedAlarm> alarms = new ArrayList<>();
    for (var alarm : required(strategy.alarms(), at + ".alarms")) {
      String insufficient = at + ".alarms[" + alarms.size() + "].onInsufficientData";
      alarms.add(
          new WatchedAlarm(
              alarm.name(),
              StrategyWords.read(required(alarm.onInsufficientData(), insufficient))));
    }
    Plan plan =
        new Plan(
            entries,
            alarms,
            policy(required(strategy.alarmPolicy(), at + ".alarmPolicy"), at + ".alarmPolicy"),
            duration(strategy.bakeTime(), at + ".bakeTime"),
            duration(strategy.progressDeadline(), at + ".progressDeadline"),
            StrategyWords.read(required(strategy.onDeadline(), at + ".onDeadline")));
    if (!written(plan).equals(strategy)) {
      throw new UnreadableException(
          at, "is not as this version of the operator writes it: run the version that wrote it");
    }
    return plan;
  }

  private static AlarmPolicy policy(dev.lambdarollouts.crds.strategy.AlarmPolicy policy, String at)
      throws UnreadableException {
    return new AlarmPolicy(
        StrategyWords.read(required(policy.alreadyFiring(), at + ".alreadyFiring")),
        StrategyWords.read(required(policy.onPollFailure(), at + ".onPollFailure")),
        duration(policy.maxStaleness(), at + ".maxStaleness"));
  }

  private static Entry entry(CanaryStep step, String at) throws UnreadableException {
    refuseUnknown(UnsupportedFields.STEP, step, at);
    if (step.setWeight() != null) {
      return new Entry.SetWeight(Weight.parse(step.setWeight().toString()));
    }
    PauseStep pause = required(step.pause(), at + ".pause");
    refuseUnknown(UnsupportedFields.PAUSE, pause, at + ".pause");
    if (pause.duration() != null) {
      return new Entry.TimedPause(duration(pause.duration(), at + ".pause.duration"));
    }
    Duration timeout =
        pause.timeout() == null ? null : duration(pause.timeout(), at + ".pause.timeout");
    return new Entry.IndefinitePause(
        timeout, StrategyWords.read(required(pause.onTimeout(), at + ".pause.onTimeout")));
  }

  private static Duration duration(@Nullable String text, String at) throws UnreadableException {
    Duration duration = KubernetesDuration.parse(required(text, at));
    if (duration == null) {
      throw new UnreadableException(at, "found " + text + ", which is no duration");
    }
    return duration;
  }

  private static <T> T required(@Nullable T value, String at) throws UnreadableException {
    if (value == null) {
      throw new UnreadableException(at, "is missing");
    }
    return value;
  }
}
