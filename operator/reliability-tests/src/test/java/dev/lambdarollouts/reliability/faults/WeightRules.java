package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every move of an alias, by what stands in the status and what the process was
 * told of alarms; api.md, What must always hold, 1, 6, 7, 8 and 15.
 */
final class WeightRules {
  /** api.md: the default of maxStaleness. */
  private static final Duration STALE = Duration.ofSeconds(60);

  private final ModelWorld world;
  private final Map<String, Given> given = new HashMap<>();

  /** The most that an attempt's candidate was given, and when. */
  private record Given(@Nullable Integer attempt, Weight weight, Instant at, Instant byItsClock) {}

  WeightRules(ModelWorld world) {
    this.world = world;
  }

  /** What is wrong with a move that AWS is about to carry out. */
  List<String> check(
      String alias,
      StageStatus stage,
      @Nullable AliasTarget before,
      AliasTarget after,
      boolean paused) {
    List<String> found = new ArrayList<>();
    if (!versions(after).stream().allMatch(VersionNumber::isPublished)) {
      found.add("15: an alias is put on $LATEST");
    }
    if (before == null && after.additional() != null) {
      found.add("7: a first release takes steps");
    }
    if (paused && !isOnlyStable(stage, after)) {
      found.add("no mutation while paused: UpdateAlias to " + after);
    }
    for (VersionNumber version : versions(after)) {
      Weight was = before == null ? Weight.NONE : before.weightOf(version);
      Weight is = after.weightOf(version);
      if (is.compareTo(was) > 0
          && !version.value().equals(stage.stableVersion())
          && !isAdopted(before)) {
        found.addAll(growth(alias, stage, before, version, is));
      }
    }
    return found;
  }

  private List<String> growth(
      String alias,
      StageStatus stage,
      @Nullable AliasTarget before,
      VersionNumber version,
      Weight is) {
    List<String> found = new ArrayList<>();
    String grows = "version " + version + " grows to " + is;
    if (!version.value().equals(stage.canaryVersion())) {
      found.add("1: " + grows + " and is not the candidate " + stage.canaryVersion());
    }
    if (!Plots.WEIGHTS.contains(is.hundredths())) {
      found.add("1: " + grows + ", which is not in the plan");
    }
    if (stage.phase() != StagePhase.SHIFTING && !Standings.isResumed(world)) {
      found.add("1: " + grows + " and what is recorded is " + stage.phase());
    }
    if (stage.rejectedReleases().stream().anyMatch(one -> one.release().equals(stage.release()))) {
      found.add("8: " + grows + " and its release is rejected");
    }
    if (before != null && stage.stableVersion() != null && servesAThird(stage, before)) {
      found.add("6: " + grows + " while another candidate has traffic");
    }
    Given most = given.get(alias);
    boolean same = most != null && Objects.equals(most.attempt, stage.attempt());
    if (most != null && same && is.compareTo(most.weight) <= 0 && !Standings.isResumed(world)) {
      found.add("1: " + grows + " and was given " + most.weight + " before");
    }
    alarm(alias, most != null && same ? most.at : null).forEach(why -> found.add(grows + why));
    if (most != null && same && !hasNoPauses(stage) && isTooSoon(most)) {
      found.add("timers: " + grows + " " + sinceThen(most) + " after " + most.weight);
    }
    if (!hasSlot(alias, stage)) {
      found.add("slots: " + grows + " while another rollout moves in " + stage.name());
    }
    given.put(alias, new Given(stage.attempt(), is, world.time().truly(), world.time().instant()));
    return found;
  }

  /** Others that move in this stage leave a slot. */
  private boolean hasSlot(String alias, StageStatus stage) {
    LambdaStage spec = world.cluster().seen(LambdaStage.class, new ObjectKey("shop", stage.name()));
    int slots =
        spec == null
            ? 0
            : spec.spec().valid().map(LambdaStageSpec::maxConcurrentRollouts).orElse(0);
    long others =
        world.aws().aliases().names().stream()
            .filter(other -> !other.equals(alias) && other.endsWith("-" + stage.name() + ":live"))
            .filter(
                other ->
                    Point.hasTraffic(
                        Standings.ofAlias(world, other), world.aws().aliases().target(other)))
            .count();
    return slots == 0 || others < slots;
  }

  /** A release is promoted: it was baked. */
  List<String> promoted(String alias, StageStatus stage) {
    Given last = given.get(alias);
    return last != null
            && Objects.equals(last.attempt, stage.attempt())
            && last.weight.isAll()
            && isTooSoon(last)
        ? List.of("timers: promoted " + sinceThen(last) + " after all traffic")
        : List.of();
  }

  /** Spec changes bring a strategy of their own, whose pauses last a second. */
  private static boolean hasNoPauses(StageStatus stage) {
    String plan = String.valueOf(stage.plan());
    return plan.contains("\"1s\"");
  }

  /** A timer may have been started before or after the operator's clock was set. */
  private boolean isTooSoon(Given last) {
    return !isPromotedByAPerson()
        && sinceThen(last).compareTo(Plots.WAIT) < 0
        && Duration.between(last.at, world.time().truly()).compareTo(Plots.WAIT) < 0;
  }

  private Duration sinceThen(Given last) {
    return Duration.between(last.byItsClock, world.time().instant());
  }

  private boolean isPromotedByAPerson() {
    return world.cluster().actions(Standings.HELLO).stream()
        .map(action -> action.spec().valid().orElse(null))
        .anyMatch(
            spec ->
                spec != null
                    && (spec.action() == ActionVerb.PROMOTE
                        || spec.action() == ActionVerb.PROMOTE_FULLY));
  }

  /** Unknown never advances, nor does what fired since the last step. */
  private List<String> alarm(String alias, @Nullable Instant since) {
    String name = alias.substring(0, alias.indexOf(':')) + "-errors";
    AlarmSample known = world.aws().alarms().known(name);
    Instant polledAt = world.aws().alarms().polledAt(name);
    Instant firedAt = world.aws().alarms().firedAt(name);
    if (polledAt == null || Duration.between(polledAt, world.time().truly()).compareTo(STALE) > 0) {
      return List.of(" while nothing is known of its alarm since " + polledAt);
    }
    if (known.state() != AlarmSample.State.OK) {
      return List.of(" while its alarm is " + known.state());
    }
    return since != null && firedAt != null && firedAt.isAfter(since) && !firedAt.isAfter(polledAt)
        ? List.of(" though its alarm fired since the last step")
        : List.of();
  }

  /** An alias that is adopted goes from $LATEST to a version that is the same. */
  private static boolean isAdopted(@Nullable AliasTarget before) {
    return before != null && !before.primary().isPublished();
  }

  private static boolean servesAThird(StageStatus stage, AliasTarget before) {
    return versions(before).stream()
        .map(VersionNumber::value)
        .anyMatch(one -> !one.equals(stage.stableVersion()) && !one.equals(stage.canaryVersion()));
  }

  private static boolean isOnlyStable(StageStatus stage, AliasTarget target) {
    return target.additional() == null && target.primary().value().equals(stage.stableVersion());
  }

  private static Set<VersionNumber> versions(AliasTarget target) {
    Set<VersionNumber> versions = new HashSet<>();
    versions.add(target.primary());
    if (target.additional() != null) {
      versions.add(target.additional().version());
    }
    return versions;
  }
}
