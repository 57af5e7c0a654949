package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what people asked for, oldest first and before any rule: each action is applied now or
 * refused now, never kept for later. The effect and the action's uid are one progress, so it never
 * applies twice.
 */
final class ActionJudge {
  static final String DRIFTED =
      "somebody else moved the alias: Resume restores it, Abort leaves it";

  private ActionJudge() {}

  /** What the actions made of the progress. */
  record Judgement(Progress progress, List<JudgedAction> actions, List<Transition> transitions) {}

  /** Longer than this no reason gets into the status; in characters. */
  private static final int LONGEST_NOTE = 300;

  static Judgement judge(Progress recorded, Observation seen) {
    Progress progress = recorded;
    List<JudgedAction> judged = new ArrayList<>();
    List<Transition> transitions = new ArrayList<>();
    for (OpenAction action : seen.actions()) {
      RecordedAction before = recorded(progress, action);
      if (before != null) {
        String note = Objects.requireNonNullElse(before.note(), "Applied");
        judged.add(new JudgedAction(action.uid(), true, note));
        continue;
      }
      switch (answer(action, new Situation(progress, seen))) {
        case Answer.Applied(Progress next, String message) -> {
          RecordedAction record = recordOf(action, progress, seen.at(), message);
          Progress with = next.with().record(record).build();
          transitions.add(new Transition(progress, with, message));
          judged.add(new JudgedAction(action.uid(), true, message));
          progress = with;
        }
        case Answer.Refused(String message) ->
            judged.add(new JudgedAction(action.uid(), false, message));
      }
    }
    return new Judgement(progress, judged, transitions);
  }

  private static @Nullable RecordedAction recorded(Progress progress, OpenAction action) {
    return progress.actions().stream()
        .filter(one -> one.uid().equals(action.uid()))
        .findFirst()
        .orElse(null);
  }

  private static RecordedAction recordOf(
      OpenAction action, Progress before, Instant at, String message) {
    boolean itsOwn = before.phase().underWay() && action.verb() != OpenAction.Verb.RETRY;
    boolean meansNext =
        action.verb() == OpenAction.Verb.APPROVE
            && before.candidate() != null
            && !before.candidate().release().equals(action.release());
    return new RecordedAction(
        action.uid(),
        action.verb(),
        action.by(),
        at,
        itsOwn && !meansNext ? before.attempt() : before.attempt() + 1,
        message.length() > LONGEST_NOTE ? message.substring(0, LONGEST_NOTE) + "..." : message);
  }

  /** A person's reason, for messages. */
  static String because(OpenAction action) {
    return action.reason() == null ? "" : ": " + action.reason();
  }

  private static Answer answer(OpenAction action, Situation situation) {
    if (situation.seen().deletion() != Observation.Deletion.NO) {
      return new Answer.Refused("the rollout is being deleted");
    }
    return switch (action.verb()) {
      case APPROVE -> ApprovalJudge.approve(action, situation);
      case REJECT -> ApprovalJudge.reject(action, situation);
      case PAUSE -> ifMeant(action, situation, HoldJudge.pause(action, situation));
      case RESUME -> ifMeant(action, situation, HoldJudge.resume(action, situation));
      case PROMOTE_FULLY -> ifMeant(action, situation, promoteFully(action, situation));
      case PROMOTE -> promote(action, situation);
      case ABORT -> abort(action, situation);
      case RETRY -> retry(action, situation);
      case ROLL_BACK ->
          switch (GoingBack.judge(action, situation)) {
            case GoingBack.Answer.Goes(Progress progress, String message) ->
                new Answer.Applied(progress, message);
            case GoingBack.Answer.Refused(String why) -> new Answer.Refused(why);
          };
    };
  }

  private static Answer ifMeant(OpenAction action, Situation situation, Answer answer) {
    String another = meansAnother(action, situation.progress());
    return another == null ? answer : new Answer.Refused(another);
  }

  private static @Nullable String meansAnother(OpenAction action, Progress progress) {
    Candidate candidate = progress.candidate();
    if (action.release() == null
        || (candidate != null && action.release().equals(candidate.release()))) {
      return null;
    }
    return "spec.release is "
        + action.release()
        + ", but the candidate is "
        + (candidate == null ? "none" : candidate.release());
  }

  private static Answer promote(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    String another = meansAnother(action, progress);
    if (another != null) {
      return new Answer.Refused(another);
    }
    if (action.step() != null && action.step() != progress.entryIndex()) {
      return new Answer.Refused(
          "spec.step is " + action.step() + ", but the stage is at " + progress.entryIndex());
    }
    if (!DriftRule.isWhereItShouldBe(situation)) {
      return new Answer.Refused(DRIFTED);
    }
    var at = situation.seen().at();
    Pause pause = progress.pause();
    if (pause == null) {
      return progress.phase() == StagePhase.SHIFTING && progress.entry() instanceof Entry.TimedPause
          ? new Answer.Applied(
              Attempt.advance(progress, at, at), "pause ended by " + action.by() + because(action))
          : new Answer.Refused("there is no pause to end: the stage is " + progress.phase());
    }
    return switch (pause.reason()) {
      case CANARY_PAUSE_STEP ->
          new Answer.Applied(
              Attempt.advance(progress, at, at), "promoted by " + action.by() + because(action));
      case ALARM_ALREADY_FIRING ->
          new Answer.Applied(
              Attempt.resume(excuseFiring(situation), at),
              "promoted over the firing alarms ("
                  + String.join(
                      ", ",
                      situation.alarms().firing().stream().map(AlarmHealth.Firing::name).toList())
                  + ") by "
                  + action.by()
                  + because(action));
      case PROGRESS_DEADLINE_EXCEEDED ->
          new Answer.Applied(
              Attempt.resume(progress, at),
              "given another deadline by " + action.by() + because(action));
      case SPEC_PAUSED ->
          new Answer.Refused("spec.paused holds this rollout: set it to false instead");
      case STAGE_SUSPENDED ->
          new Answer.Refused("spec.suspended holds this stage: set it to false instead");
      case DRIFT -> new Answer.Refused(DRIFTED);
      case NOT_SHIFTABLE ->
          new Answer.Refused(
              "the two versions cannot share an alias: PromoteFully, or Abort and release again");
      case ACTION_PAUSE -> new Answer.Refused("a Pause holds the stage: Resume ends it");
    };
  }

  /**
   * From here on the attempt knows one step, that of 100 %. One that may be on its way is confirmed
   * first; alarms, gates, hooks after traffic and bake stay.
   */
  private static Answer promoteFully(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    StagePhase phase = progress.phase();
    Pause pause = progress.pause();
    boolean shifts =
        phase == StagePhase.PRE_TRAFFIC
            || phase == StagePhase.AWAITING_APPROVAL
            || phase == StagePhase.SHIFTING
            || phase == StagePhase.PAUSED;
    if (!shifts || (pause != null && isAfterSteps(pause.from()))) {
      return new Answer.Refused("there are no steps to skip: the stage is " + phase);
    }
    if (progress.promotedFully() != null) {
      return new Answer.Refused("it is being promoted fully already");
    }
    if (!DriftRule.isWhereItShouldBe(situation)) {
      return new Answer.Refused(DRIFTED);
    }
    Pause.Reason reason = pause == null ? null : pause.reason();
    String refused = reason == null ? null : holds(reason);
    if (refused != null) {
      return new Answer.Refused(refused);
    }
    Instant at = situation.seen().at();
    String message = "promoted fully by " + action.by() + because(action);
    Progress fully = progress.with().record(recordOf(action, progress, at, message)).build();
    Progress next = reason == Pause.Reason.ALARM_ALREADY_FIRING ? fully : onward(fully, at);
    return new Answer.Applied(next.with().actions(progress.actions()).build(), message);
  }

  private static boolean isAfterSteps(StagePhase from) {
    return from != StagePhase.PRE_TRAFFIC && from != StagePhase.SHIFTING;
  }

  /** What PromoteFully does not end: why, and what does. */
  private static @Nullable String holds(Pause.Reason reason) {
    return switch (reason) {
      case SPEC_PAUSED -> "spec.paused holds this rollout: set it to false first";
      case STAGE_SUSPENDED -> "spec.suspended holds this stage: set it to false first";
      case ACTION_PAUSE -> "a Pause holds the stage: Resume first";
      case DRIFT -> DRIFTED;
      case CANARY_PAUSE_STEP, ALARM_ALREADY_FIRING, NOT_SHIFTABLE, PROGRESS_DEADLINE_EXCEEDED ->
          null;
    };
  }

  /** Out of a pause; a weight that may be on its way is left to be confirmed. */
  private static Progress onward(Progress fully, Instant at) {
    Progress resumed = Attempt.resume(fully, at);
    return resumed.phase() == StagePhase.SHIFTING
            && resumed.entry() != null
            && !(resumed.entry() instanceof Entry.SetWeight)
        ? Attempt.advance(resumed, at, at)
        : resumed;
  }

  private static Progress excuseFiring(Situation situation) {
    Set<String> excused = new HashSet<>(situation.progress().excused());
    situation.alarms().firing().forEach(alarm -> excused.add(alarm.name()));
    return situation.progress().with().excused(excused).build();
  }

  private static Answer abort(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    String another = meansAnother(action, progress);
    if (another != null) {
      return new Answer.Refused(another);
    }
    if (!progress.phase().underWay()) {
      return new Answer.Refused("there is nothing to abort: the stage is " + progress.phase());
    }
    String message = "aborted by " + action.by() + because(action);
    RecordedAction record =
        new RecordedAction(action.uid(), action.verb(), action.by(), situation.seen().at());
    // The history entry names who: it is looked up among the recorded actions.
    Situation recorded = new Situation(progress.with().record(record).build(), situation.seen());
    Progress next = Attempt.reject(recorded, new Cause(Cause.Type.ABORT, null, message));
    return new Answer.Applied(next.with().actions(progress.actions()).build(), message);
  }

  private static Answer retry(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    Rejection rejection = progress.rejectionOf(situation.desired());
    if (rejection == null) {
      return new Answer.Refused("the desired release is not rejected here");
    }
    if (action.release() != null && !action.release().equals(rejection.release())) {
      return new Answer.Refused(
          "spec.release is "
              + action.release()
              + ", but the rejected one is "
              + rejection.release());
    }
    if (!progress.phase().atRest()) {
      return new Answer.Refused("the stage is not at rest yet: it is " + progress.phase());
    }
    Progress next =
        progress
            .with()
            .liftRejection(rejection.release())
            .phase(StagePhase.PENDING)
            .candidate(null)
            .startedAt(null)
            .forgetApprovals(rejection.release())
            .build();
    return new Answer.Applied(next, "retried by " + action.by() + because(action));
  }
}
