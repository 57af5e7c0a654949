package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.AliasWitness;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands beside every call and write of one telling, whatever the fault, and writes down what
 * breaks an invariant of api.md. Stands outside the fault: it sees what the operator is answered.
 */
final class Witness implements Interference, AliasWitness {
  private final ModelWorld world;
  private final Interference fault;
  private final WeightRules weights;
  private final AlarmWatch alarms;
  private final List<String> violations = new ArrayList<>();
  private final @Nullable List<String> trace;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Set<String>> rejected = new HashMap<>();
  private @Nullable String foreign;
  private @Nullable Integer takenBack;
  private boolean mayGoBack;
  private boolean deadline;

  /**
   * @param traced every call is written down for people
   */
  Witness(ModelWorld world, Interference fault, boolean traced) {
    this.world = world;
    this.fault = fault;
    this.trace = traced ? new ArrayList<>() : null;
    this.weights = new WeightRules(world);
    this.alarms = new AlarmWatch(world);
    world.aws().aliases().witness(this);
    world.cluster().onStatus(this::recorded);
    world.aws().interfere(this);
    world.cluster().interfere(this);
    // What the process knew before the story began.
    told.addAll(world.aws().aliases().revisions());
  }

  /** What broke, in order; empty when nothing did. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** Every call, for people; empty where nobody asked for it. */
  List<String> trace() {
    return trace == null ? List.of() : List.copyOf(trace);
  }

  /** The process has no memory any more. */
  void restarted() {
    note("-- another process starts");
    told.clear();
    alarms.restarted();
  }

  /**
   * From here on an alias stands where somebody else put it.
   *
   * @param back taking traffic back is still right
   */
  void foreign(String alias, boolean back) {
    note("-- somebody else moves " + alias);
    foreign = alias;
    mayGoBack = back;
  }

  /** Somebody else took all traffic off the candidate: that attempt gives it none any more. */
  void takenBackByHand(StageStatus stage) {
    note("-- somebody else takes traffic back");
    takenBack = stage.attempt();
  }

  /** An alarm fired while nobody was there: by now the candidate must have lost its traffic. */
  void isTakenBack(String alias, StageStatus stage) {
    AliasTarget target = world.aws().aliases().target(alias);
    if (stage.canaryVersion() != null
        && target != null
        && !target.weightOf(new VersionNumber(stage.canaryVersion())).isNone()) {
      broken("an alarm fired meanwhile, and " + alias + " is on " + target);
    }
  }

  void note(String what) {
    if (trace != null) {
      trace.add(
          Duration.between(ModelWorld.START, world.time().truly()).toSeconds() + " s: " + what);
    }
  }

  /** An alarm fires: it is to be seen when the candidate loses its traffic. */
  boolean looksClosely() {
    return world.aws().alarms().fires("hello-prod-errors");
  }

  /** A while has passed. */
  void tick() {
    String late = alarms.late();
    if (late != null) {
      broken(late);
    }
  }

  @Override
  public @Nullable AwsFailure before(String call) {
    AwsFailure failure = fault.before(call);
    heard(call, failure);
    if (failure == null && Calls.isMutating(call) && isPaused() && !call.equals("UpdateAlias")) {
      broken("no mutation while paused: " + call);
    }
    return failure;
  }

  @Override
  public @Nullable AwsFailure after(String call) {
    AwsFailure failure = fault.after(call);
    if (failure != null) {
      heard(call + " (had its effect)", failure);
    }
    return failure;
  }

  private void heard(String call, @Nullable AwsFailure failure) {
    if (trace != null && (!call.equals("DescribeAlarms") || failure != null)) {
      note(call + (failure == null ? "" : ": " + failure.kind()));
    }
    if (failure != null) {
      alarms.failed(call);
    }
  }

  @Override
  public void told(String revisionId) {
    told.add(revisionId);
  }

  @Override
  public void asked(
      String alias,
      @Nullable AliasTarget before,
      AliasTarget after,
      @Nullable String revisionId,
      boolean effective) {
    if (trace != null) {
      note("   " + alias + " to " + after + (effective ? "" : ": REFUSED"));
    }
    if (revisionId != null && !told.contains(revisionId)) {
      broken("3: RevisionId " + revisionId + " was never told to this process");
    }
    if (!effective) {
      return;
    }
    StageStatus stage = Standings.ofAlias(world, alias);
    if (stage == null) {
      broken("1: an alias of a stage without status is moved");
      return;
    }
    List<String> found = weights.check(alias, stage, before, after, isPaused());
    found.forEach(this::broken);
    if (takenBack != null && takenBack.equals(stage.attempt()) && !isStable(stage, after)) {
      broken("drift: a person took traffic back, and it is given again: " + after);
    }
    if (alias.equals(foreign)
        && !after.equals(before)
        && !(mayGoBack && isStable(stage, after))
        && !Standings.mayMoveWhatOthersMoved(world)) {
      broken("drift: what somebody else set is overwritten: " + before + " by " + after);
    }
    if (isStable(stage, after)) {
      foreign = null;
    }
    alarms.moved();
  }

  /** A release was rejected because nothing went on for too long. */
  boolean sawDeadline() {
    return deadline;
  }

  private static boolean isStable(StageStatus stage, AliasTarget target) {
    return target.additional() == null && target.primary().value().equals(stage.stableVersion());
  }

  private void recorded(LambdaRollout rollout) {
    Set<String> now =
        Standings.of(rollout).stream()
            .flatMap(stage -> stage.rejectedReleases().stream().map(one -> text(stage, one)))
            .collect(Collectors.toSet());
    String name = rollout.getMetadata().getName();
    for (String one : rejected.getOrDefault(name, Set.of())) {
      if (!now.contains(one) && !isRetried() && isOnTheList(rollout, one)) {
        broken("8: the rejection of " + one + " is forgotten");
      }
    }
    deadline |=
        Standings.of(rollout).stream()
            .anyMatch(stage -> Standings.rejected(stage, "ProgressDeadline"));
    rejected.put(name, now);
    for (StageStatus stage : Standings.of(rollout)) {
      if (stage.phase() == StagePhase.SUCCEEDED) {
        weights.promoted(name + "-" + stage.name() + ":live", stage).forEach(this::broken);
      }
    }
    if (trace != null) {
      note("   recorded: " + Standings.of(rollout).stream().map(Witness::text).toList());
    }
  }

  private boolean isRetried() {
    return world.cluster().actions(Standings.HELLO).stream()
        .map(action -> action.spec().valid().orElse(null))
        .anyMatch(spec -> spec != null && spec.action() == ActionVerb.RETRY);
  }

  private static boolean isOnTheList(LambdaRollout rollout, String rejection) {
    return rollout.spec().valid().map(LambdaRolloutSpec::stages).orElse(List.of()).stream()
        .anyMatch(stage -> rejection.startsWith(stage.stageRef().name() + " "));
  }

  private boolean isPaused() {
    LambdaRollout rollout = Standings.rollout(world);
    return rollout != null
        && !world.cluster().isBehind()
        && Boolean.TRUE.equals(
            rollout.spec().valid().map(LambdaRolloutSpec::paused).orElse(Boolean.FALSE));
  }

  private static String text(StageStatus stage, RejectedRelease one) {
    return stage.name() + " " + one.release();
  }

  private static String text(StageStatus stage) {
    return stage.name()
        + " "
        + stage.phase()
        + (stage.pause() == null ? "" : " " + stage.pause().reason())
        + " "
        + stage.weight();
  }

  void broken(String what) {
    note("!! " + what);
    violations.add(what);
  }
}
