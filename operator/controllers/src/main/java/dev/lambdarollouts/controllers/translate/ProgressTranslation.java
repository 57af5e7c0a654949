package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.rollout.ActionRecord;
import dev.lambdarollouts.crds.rollout.ApprovalStatus;
import dev.lambdarollouts.crds.rollout.Cause;
import dev.lambdarollouts.crds.rollout.HistoryEntry;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.PauseStatus;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a stage, to and from its entry in the status. Exact: {@code
 * progressOf(statusOf(progress))} is {@code progress}.
 */
public final class ProgressTranslation {
  private ProgressTranslation() {}

  /** Reads an entry. */
  public static Recorded progressOf(StageStatus status) {
    try {
      return new Recorded.Readable(ProgressReading.read(status));
    } catch (UnreadableException problem) {
      return problem.recorded();
    }
  }

  /**
   * Reads what a rollout's status says of one of its stages, whatever is wrong with the others.
   *
   * @return {@link Progress#BLANK} where it has no entry for the stage
   */
  public static Recorded progressOf(LambdaRollout rollout, String stageName) {
    return switch (StatusEntry.of(rollout, stageName)) {
      case StatusEntry.None() -> new Recorded.Readable(Progress.BLANK);
      case StatusEntry.Found(StageStatus status) -> progressOf(status);
      case StatusEntry.Broken(String field, String problem) ->
          new Recorded.Unreadable(field, problem);
    };
  }

  /**
   * The entry that says this.
   *
   * @param place keeps its ARNs when absent
   * @param alarms as last seen, in the order in which they are to stand
   * @param before the entry that this one replaces; what is not in a progress is kept from it
   */
  public static StageStatus statusOf(
      String stageName,
      Progress progress,
      @Nullable StagePlace place,
      List<AlarmSample> alarms,
      @Nullable StageStatus before) {
    StageStatus kept = before == null ? empty(stageName) : before;
    Candidate candidate = progress.candidate();
    Stable stable = progress.stable();
    Plan plan = progress.plan();
    return new StageStatus(
        stageName,
        StatusWords.write(StagePhase.class, progress.phase()),
        progress.attempt(),
        text(progress.desired()),
        candidate == null ? null : text(candidate.release()),
        candidate == null ? null : candidate.name(),
        stable == null ? null : text(stable.release()),
        stable == null ? null : text(stable.version()),
        candidate == null ? null : text(candidate.version()),
        candidate == null ? null : candidate.codeSha256(),
        place == null ? kept.functionArn() : place.functionArn(),
        place == null ? kept.aliasArn() : place.aliasArn(),
        progress.weight().toString(),
        plan == null && progress.entryIndex() == 0 ? null : progress.entryIndex(),
        plan == null ? null : PlanTranslation.pin(plan),
        progress.stepStartedAt(),
        progress.nextStepAt(),
        progress.startedAt(),
        progress.progressSince(),
        progress.gatesOpenSince(),
        pause(progress.pause()),
        AlarmEntries.of(alarms, progress.excused(), kept.alarms()),
        progress.approvals().stream()
            .map(one -> new ApprovalStatus(one.release().value(), one.by(), one.at()))
            .toList(),
        progress.actions().stream().map(ProgressTranslation::action).toList(),
        progress.side().text(),
        kept.analysis(),
        kept.hooks(),
        progress.rejected().stream().map(ProgressTranslation::rejection).toList(),
        progress.history().stream().map(ProgressTranslation::history).toList());
  }

  private static StageStatus empty(String stageName) {
    return new StageStatus(
        stageName,
        StagePhase.PENDING,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static @Nullable String text(@Nullable ReleaseId release) {
    return release == null ? null : release.value();
  }

  private static @Nullable String text(@Nullable VersionNumber version) {
    return version == null ? null : version.value();
  }

  private static @Nullable PauseStatus pause(@Nullable Pause pause) {
    return pause == null
        ? null
        : new PauseStatus(
            pause.reason().toString(),
            StatusWords.write(StagePhase.class, pause.from()),
            pause.since(),
            pause.until());
  }

  private static ActionRecord action(RecordedAction action) {
    return new ActionRecord(
        action.uid(),
        StatusWords.write(ActionVerb.class, action.verb()),
        action.by().isEmpty() ? null : action.by(),
        action.at(),
        action.attempt() == 0 ? null : action.attempt(),
        action.note());
  }

  private static RejectedRelease rejection(Rejection rejection) {
    return new RejectedRelease(
        rejection.release().value(),
        rejection.at(),
        StatusWords.write(StagePhase.class, rejection.phase()),
        new Cause(
            rejection.cause().type().toString(),
            rejection.cause().name(),
            rejection.cause().message()));
  }

  private static HistoryEntry history(dev.lambdarollouts.engine.progress.HistoryEntry entry) {
    return new HistoryEntry(
        entry.release().value(),
        entry.releaseName(),
        text(entry.version()),
        entry.startedAt(),
        entry.finishedAt(),
        StatusWords.write(HistoryEntry.Outcome.class, entry.outcome()),
        entry.cause(),
        entry.by());
  }
}
