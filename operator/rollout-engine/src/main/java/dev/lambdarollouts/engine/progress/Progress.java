package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stage as it was recorded.
 *
 * @param attempt counts from 1; 0 before the first
 * @param desired what Git asked for when this was recorded
 * @param candidate of the attempt under way or the last one; absent once promoted
 * @param plan pinned when the attempt starts, absent at rest
 * @param entryIndex of the plan, from 0; names what is being done or waited for
 * @param weight the candidate's, as last confirmed
 * @param stepStartedAt when what stands was confirmed
 * @param nextStepAt when the timer of the current entry, or the bake, ends
 * @param progressSince the deadline counts from here
 * @param excused alarms in ALARM that do not count until they have once been seen OK
 * @param rejected at most 10, newest first, never without the desired one
 * @param history newest first, 10 and the rollback window's
 * @param gatesOpenSince since when every gate but approval is open, before traffic; absent while
 *     one is closed, and elsewhere
 * @param approvals of the candidate and of the desired release
 * @param side what was set beside the release
 */
public record Progress(
    StagePhase phase,
    int attempt,
    @Nullable ReleaseId desired,
    @Nullable Candidate candidate,
    @Nullable Stable stable,
    @Nullable Plan plan,
    int entryIndex,
    Weight weight,
    @Nullable Instant startedAt,
    @Nullable Instant stepStartedAt,
    @Nullable Instant nextStepAt,
    @Nullable Instant progressSince,
    @Nullable Pause pause,
    Set<String> excused,
    List<RecordedAction> actions,
    List<Rejection> rejected,
    List<HistoryEntry> history,
    @Nullable Instant gatesOpenSince,
    List<Approval> approvals,
    Side side) {

  public Progress {
    excused = Set.copyOf(excused);
    actions = List.copyOf(actions);
    rejected = List.copyOf(rejected);
    history = List.copyOf(history);
    approvals = List.copyOf(approvals);
  }

  /** A stage about which nothing is recorded. */
  public static final Progress BLANK =
      new Progress(
          StagePhase.PENDING,
          0,
          null,
          null,
          null,
          null,
          0,
          Weight.NONE,
          null,
          null,
          null,
          null,
          null,
          Set.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          List.of(),
          Side.NONE);

  /** The current entry; absent at rest and past the last. */
  public @Nullable Entry entry() {
    return plan == null || entryIndex >= plan.entries().size()
        ? null
        : plan.entries().get(entryIndex);
  }

  /** The rejection of a release, absent when it stands for none. */
  public @Nullable Rejection rejectionOf(@Nullable ReleaseId release) {
    return rejected.stream()
        .filter(rejection -> rejection.release().equals(release))
        .findFirst()
        .orElse(null);
  }

  /** True when the stage stands on this release, promoted. */
  public boolean standsOn(@Nullable ReleaseId release) {
    return stable != null && stable.release() != null && stable.release().equals(release);
  }

  /**
   * The CodeSha256 of what the stage stands on: known from its last candidate, where that is what
   * was promoted; absent where no status says it.
   */
  public @Nullable String codeOfStable() {
    return candidate != null && standsOn(candidate.release()) ? candidate.codeSha256() : null;
  }

  /**
   * True when there is nothing that the candidate could be compared with or go back to: no stable
   * at all, or one that is the candidate itself and was never promoted.
   */
  public boolean isFirstRelease() {
    return stable == null
        || (stable.release() == null
            && candidate != null
            && stable.version().equals(candidate.version()));
  }

  /** The phase; where that is Paused, the one that the attempt waits from. */
  public StagePhase activePhase() {
    return phase == StagePhase.PAUSED && pause != null ? pause.from() : phase;
  }

  /**
   * As far as is recorded: an attempt that waits for a person has given the candidate traffic only
   * where the phase that it waits from may have.
   */
  public boolean mayHaveTraffic() {
    return activePhase().mayHaveTraffic();
  }

  /** The PromoteFully of the attempt under way, absent when there is none. */
  public @Nullable RecordedAction promotedFully() {
    return actions.reversed().stream()
        .filter(
            action -> action.verb() == OpenAction.Verb.PROMOTE_FULLY && action.attempt() == attempt)
        .findFirst()
        .orElse(null);
  }

  /** Different people who approved a release, in the order in which they did. */
  public List<String> approversOf(@Nullable ReleaseId release) {
    return approvals.stream()
        .filter(approval -> approval.release().equals(release))
        .map(Approval::by)
        .distinct()
        .toList();
  }

  /** A copy to change. */
  public ProgressBuilder with() {
    return new ProgressBuilder(this);
  }
}
