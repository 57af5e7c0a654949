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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what people asked for, oldest first and before any rule: each action is applied now or
 * refused now, never kept for later. The effect and the action's uid are one progress, so it never
 * applies twice.
 */
final class ActionJudge {
  private static final String DRIFTED =
      "somebody else moved the alias: put it back where it was recorded, or Abort";

  private ActionJudge() {}

  /** What the actions made of the progress. */
  record Judgement(Progress progress, List<JudgedAction> actions, List<Transition> transitions) {}

  /** One action's own outcome: a progress, or why not. */
  private sealed interface Answer {
    record Applied(Progress progress, String message) implements Answer {}

    record Refused(String message) implements Answer {}
  }

  static Judgement judge(Progress recorded, Observation seen) {
    Progress progress = recorded;
    List<JudgedAction> judged = new ArrayList<>();
    List<Transition> transitions = new ArrayList<>();
    for (OpenAction action : seen.actions()) {
      if (progress.actions().stream().anyMatch(one -> one.uid().equals(action.uid()))) {
        judged.add(new JudgedAction(action.uid(), true, "Applied"));
        continue;
      }
      switch (answer(action, new Situation(progress, seen))) {
        case Answer.Applied(Progress next, String message) -> {
          RecordedAction record =
              new RecordedAction(action.uid(), action.verb(), action.by(), seen.at());
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

  private static Answer answer(OpenAction action, Situation situation) {
    if (situation.seen().deletion() != Observation.Deletion.NO) {
      return new Answer.Refused("the rollout is being deleted");
    }
    return switch (action.verb()) {
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
          ? new Answer.Applied(Attempt.advance(progress, at, at), "pause ended by " + action.by())
          : new Answer.Refused("there is no pause to end: the stage is " + progress.phase());
    }
    return switch (pause.reason()) {
      case CANARY_PAUSE_STEP ->
          new Answer.Applied(Attempt.advance(progress, at, at), "promoted by " + action.by());
      case ALARM_ALREADY_FIRING ->
          new Answer.Applied(
              Attempt.resume(excuseFiring(situation), at),
              "promoted over the firing alarms by " + action.by());
      case PROGRESS_DEADLINE_EXCEEDED ->
          new Answer.Applied(
              Attempt.resume(progress, at), "given another deadline by " + action.by());
      case SPEC_PAUSED ->
          new Answer.Refused("spec.paused holds this rollout: set it to false instead");
      case STAGE_SUSPENDED ->
          new Answer.Refused("spec.suspended holds this stage: set it to false instead");
      case DRIFT -> new Answer.Refused(DRIFTED);
      case NOT_SHIFTABLE ->
          new Answer.Refused("the two versions cannot share an alias: Abort, or release again");
    };
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
    String message =
        "aborted by " + action.by() + (action.reason() == null ? "" : ": " + action.reason());
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
            .build();
    return new Answer.Applied(next, "retried by " + action.by());
  }
}
