package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;

/** Pause and Resume: a person's hold, beside {@code spec.paused} and never in place of it. */
final class HoldJudge {
  private HoldJudge() {}

  static Answer pause(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    if (pause != null && pause.reason() == Pause.Reason.ACTION_PAUSE) {
      return new Answer.Refused("a Pause holds the stage already; Resume ends it");
    }
    if (progress.phase() == StagePhase.ROLLING_BACK) {
      return new Answer.Refused(
          "nothing holds a rollback: Pause again once it is over, or set spec.paused");
    }
    Instant at = situation.seen().at();
    Progress held =
        pause == null
            ? Attempt.pause(Attempt.gateClosed(progress), Pause.Reason.ACTION_PAUSE, at, null)
            : progress
                .with()
                .pause(new Pause(Pause.Reason.ACTION_PAUSE, pause.from(), at, null))
                .build();
    return new Answer.Applied(held, "paused by " + action.by() + ActionJudge.because(action));
  }

  static Answer resume(OpenAction action, Situation situation) {
    Progress progress = situation.progress();
    Pause pause = progress.pause();
    if (pause == null) {
      return new Answer.Refused("there is no Pause to end: the stage is " + progress.phase());
    }
    return switch (pause.reason()) {
      case ACTION_PAUSE ->
          new Answer.Applied(
              Attempt.resume(progress, situation.seen().at()),
              "resumed by " + action.by() + ActionJudge.because(action));
      case DRIFT ->
          new Answer.Applied(
              restoring(situation, pause),
              "the alias is to be restored, by " + action.by() + ActionJudge.because(action));
      case SPEC_PAUSED ->
          new Answer.Refused("spec.paused holds this rollout: set it to false instead");
      case STAGE_SUSPENDED ->
          new Answer.Refused("spec.suspended holds this stage: set it to false instead");
      case CANARY_PAUSE_STEP, ALARM_ALREADY_FIRING, PROGRESS_DEADLINE_EXCEEDED ->
          new Answer.Refused("no Pause holds the stage, but " + pause.reason() + ": use Promote");
      case NOT_SHIFTABLE ->
          new Answer.Refused(
              "no Pause holds the stage, but " + pause.reason() + ": use PromoteFully or Abort");
    };
  }

  /**
   * The pause ends now; {@link DriftRule} does the rest. An alias deleted by hand comes back on
   * stable, so a candidate that had traffic walks its steps again.
   */
  private static Progress restoring(Situation situation, Pause pause) {
    Progress progress = situation.progress();
    Instant at = situation.seen().at();
    boolean deleted =
        situation.seen().alias() instanceof AliasFact.Missing
            && progress.stable() != null
            && progress.phase().mayHaveTraffic()
            && !progress.weight().isNone();
    Progress from = deleted ? fromTheFirstStep(progress, at) : progress;
    StagePhase back = deleted ? StagePhase.SHIFTING : pause.from();
    return from.with()
        .phase(progress.phase())
        .pause(new Pause(Pause.Reason.DRIFT, back, pause.since(), at))
        .build();
  }

  private static Progress fromTheFirstStep(Progress progress, Instant at) {
    Plan plan = progress.plan();
    int first = plan == null || progress.promotedFully() == null ? 0 : plan.promotingIndex();
    return Attempt.advance(
        progress.with().weight(Weight.NONE).entryIndex(first - 1).build(), at, at);
  }
}
