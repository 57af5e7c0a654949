package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.strategy.CanaryStep;
import dev.lambdarollouts.crds.strategy.CanaryStep.PauseStep;
import dev.lambdarollouts.crds.strategy.LinearTraffic;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Strategy;
import dev.lambdarollouts.engine.plan.Strategy.Traffic;
import dev.lambdarollouts.engine.plan.StrategyNormaliser;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A strategy as the user wrote it, by reference or inline, as the plan of an attempt. */
final class StrategyTranslation {
  /** Longer than the longest poll interval that may be configured (10s), a late answer included. */
  private static final Duration LEAST_STALENESS = Duration.ofSeconds(15);

  /** A plan is pinned in the status, of which an API server takes 1.5 MB for all stages. */
  private static final int MOST_PLAN_BYTES = 64 * 1024;

  private final Placeholders placeholders;
  private final Findings findings;

  StrategyTranslation(Placeholders placeholders, Findings findings) {
    this.placeholders = placeholders;
    this.findings = findings;
  }

  /** Absent when something is a finding. */
  @Nullable Plan translate(RolloutStrategySpec spec, FieldPath at) {
    UnsupportedFields.STRATEGY.refuse(spec, at, findings);
    Traffic traffic = traffic(spec, at);
    List<WatchedAlarm> alarms = alarms(spec, at.at("alarms"));
    AlarmPolicy policy = alarmPolicy(spec.alarmPolicy(), at.at("alarmPolicy"));
    Duration bake = duration(spec.bakeTime(), at.at("bakeTime"), true);
    Duration deadline = duration(spec.progressDeadline(), at.at("progressDeadline"), false);
    if (traffic == null) {
      return null;
    }
    Plan.OnDeadline onDeadline =
        spec.onDeadline() == null
            ? Plan.OnDeadline.ROLLBACK
            : StrategyWords.read(spec.onDeadline());
    Strategy strategy = new Strategy(traffic, alarms, policy, bake, deadline, onDeadline);
    return switch (StrategyNormaliser.normalise(strategy)) {
      case StrategyNormaliser.Result.Normalised(Plan plan) -> fitting(plan, at);
      case StrategyNormaliser.Result.Refused(String field, String message) -> {
        findings.invalid(at.at(field), message);
        yield null;
      }
    };
  }

  private @Nullable Plan fitting(Plan plan, FieldPath at) {
    if (PlanTranslation.mostBytes(plan) <= MOST_PLAN_BYTES) {
      return plan;
    }
    int bytes = PlanTranslation.bytes(plan);
    if (bytes <= MOST_PLAN_BYTES) {
      return plan;
    }
    findings.invalid(
        at, "is " + bytes + " bytes once written out; at most 65536: use fewer steps or alarms");
    return null;
  }

  private @Nullable Traffic traffic(RolloutStrategySpec spec, FieldPath at) {
    long given =
        Stream.of(spec.preset(), spec.canary(), spec.linear(), spec.allAtOnce(), spec.blueGreen())
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      findings.invalid(
          at, "found " + given + " of them; give exactly one of preset, canary, linear, allAtOnce");
      return null;
    }
    if (spec.preset() != null) {
      return new Traffic.Preset(spec.preset());
    }
    if (spec.canary() != null) {
      return new Traffic.Canary(entries(spec.canary().steps(), at.at("canary.steps")));
    }
    if (spec.linear() != null) {
      return linear(spec.linear(), at.at("linear"));
    }
    return spec.allAtOnce() == null ? null : new Traffic.AllAtOnce();
  }

  private @Nullable Traffic linear(LinearTraffic linear, FieldPath at) {
    if (linear.percentage() < 1 || linear.percentage() > 100) {
      findings.invalid(at.at("percentage"), "found " + linear.percentage() + "; use 1 to 100");
      return null;
    }
    Duration interval = duration(linear.interval(), at.at("interval"), false);
    return interval == null
        ? null
        : new Traffic.Linear(Weight.ofPercent(linear.percentage()), interval);
  }

  private List<Entry> entries(List<CanaryStep> steps, FieldPath at) {
    List<Entry> entries = new ArrayList<>();
    for (int index = 0; index < steps.size(); index++) {
      Entry entry = entry(steps.get(index), at.at(index));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private @Nullable Entry entry(CanaryStep step, FieldPath at) {
    UnsupportedFields.STEP.refuse(step, at, findings);
    long given =
        Stream.of(step.setWeight(), step.pause(), step.analysis(), step.hook())
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      findings.invalid(at, "found " + given + " of them; give exactly one of setWeight and pause");
      return null;
    }
    if (step.setWeight() != null) {
      return new Entry.SetWeight(Weight.parse(step.setWeight().toString()));
    }
    return step.pause() == null ? null : pause(step.pause(), at.at("pause"));
  }

  private @Nullable Entry pause(PauseStep pause, FieldPath at) {
    UnsupportedFields.PAUSE.refuse(pause, at, findings);
    Duration timeout = duration(pause.timeout(), at.at("timeout"), false);
    if (pause.duration() == null) {
      Entry.OnTimeout onTimeout =
          pause.onTimeout() == null ? Entry.OnTimeout.ABORT : StrategyWords.read(pause.onTimeout());
      return new Entry.IndefinitePause(timeout, onTimeout);
    }
    if (pause.timeout() != null || pause.onTimeout() != null) {
      findings.invalid(
          at.at(pause.timeout() == null ? "onTimeout" : "timeout"),
          "a pause of a duration ends by itself: remove it, or remove duration");
    }
    Duration duration = duration(pause.duration(), at.at("duration"), false);
    return duration == null ? null : new Entry.TimedPause(duration);
  }

  private List<WatchedAlarm> alarms(RolloutStrategySpec spec, FieldPath at) {
    List<WatchedAlarm> alarms = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (var alarm :
        Objects.requireNonNullElse(
            spec.alarms(), List.<dev.lambdarollouts.crds.strategy.WatchedAlarm>of())) {
      FieldPath name = at.at(alarms.size()).at("name");
      String resolved = placeholders.resolve(alarm.name(), name, findings);
      if (resolved.length() > AwsLimits.ALARM_NAME_LENGTH) {
        findings.invalid(
            name,
            "is " + resolved.length() + " characters long with its placeholders; AWS takes 255");
      }
      if (!names.add(resolved)) {
        findings.invalid(name, "stands for " + resolved + ", which is listed twice: remove one");
      }
      alarms.add(
          new WatchedAlarm(
              resolved,
              alarm.onInsufficientData() == null
                  ? WatchedAlarm.OnInsufficientData.IGNORE
                  : StrategyWords.read(alarm.onInsufficientData())));
    }
    return alarms;
  }

  private AlarmPolicy alarmPolicy(
      dev.lambdarollouts.crds.strategy.@Nullable AlarmPolicy policy, FieldPath at) {
    AlarmPolicy absent = AlarmPolicy.DEFAULT;
    if (policy == null) {
      return absent;
    }
    Duration staleness = duration(policy.maxStaleness(), at.at("maxStaleness"), false);
    if (staleness != null && staleness.compareTo(LEAST_STALENESS) < 0) {
      findings.invalid(
          at.at("maxStaleness"),
          "found "
              + policy.maxStaleness()
              + "; alarms are read every few seconds, so that good data would count as old: use at"
              + " least "
              + KubernetesDuration.text(LEAST_STALENESS));
    }
    return new AlarmPolicy(
        policy.alreadyFiring() == null
            ? absent.alreadyFiring()
            : StrategyWords.read(policy.alreadyFiring()),
        policy.onPollFailure() == null
            ? absent.onPollFailure()
            : StrategyWords.read(policy.onPollFailure()),
        staleness == null ? absent.maxStaleness() : staleness);
  }

  /** Absent when the text is, or when it is a finding. */
  private @Nullable Duration duration(@Nullable String text, FieldPath at, boolean zero) {
    if (text == null) {
      return null;
    }
    Duration duration = KubernetesDuration.parse(text);
    if (duration == null) {
      findings.invalid(
          at, "found " + text + "; write a duration like 30s, 5m or 1h30m, at most 2562047h");
    } else if (duration.isZero() && !zero) {
      findings.invalid(at, "found " + text + "; use more than 0s");
    }
    return duration;
  }
}
