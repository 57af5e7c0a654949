package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Progress} in the making: each method changes one field, and says so by its name. */
public final class ProgressBuilder {
  private static final int KEPT = 10;

  private StagePhase phase;
  private int attempt;
  private @Nullable ReleaseId desired;
  private @Nullable Candidate candidate;
  private @Nullable Stable stable;
  private @Nullable Plan plan;
  private int entryIndex;
  private Weight weight;
  private @Nullable Instant startedAt;
  private @Nullable Instant stepStartedAt;
  private @Nullable Instant nextStepAt;
  private @Nullable Instant progressSince;
  private @Nullable Pause pause;
  private Set<String> excused;
  private List<RecordedAction> actions;
  private List<Rejection> rejected;
  private List<HistoryEntry> history;
  private @Nullable Instant gatesOpenSince;
  private List<Approval> approvals;
  private Side side;

  ProgressBuilder(Progress from) {
    phase = from.phase();
    attempt = from.attempt();
    desired = from.desired();
    candidate = from.candidate();
    stable = from.stable();
    plan = from.plan();
    entryIndex = from.entryIndex();
    weight = from.weight();
    startedAt = from.startedAt();
    stepStartedAt = from.stepStartedAt();
    nextStepAt = from.nextStepAt();
    progressSince = from.progressSince();
    pause = from.pause();
    excused = from.excused();
    actions = from.actions();
    rejected = from.rejected();
    history = from.history();
    gatesOpenSince = from.gatesOpenSince();
    approvals = from.approvals();
    side = from.side();
  }

  public ProgressBuilder phase(StagePhase phase) {
    this.phase = phase;
    return this;
  }

  public ProgressBuilder attempt(int attempt) {
    this.attempt = attempt;
    return this;
  }

  public ProgressBuilder desired(@Nullable ReleaseId desired) {
    this.desired = desired;
    return this;
  }

  public ProgressBuilder candidate(@Nullable Candidate candidate) {
    this.candidate = candidate;
    return this;
  }

  public ProgressBuilder stable(@Nullable Stable stable) {
    this.stable = stable;
    return this;
  }

  public ProgressBuilder plan(@Nullable Plan plan) {
    this.plan = plan;
    return this;
  }

  public ProgressBuilder entryIndex(int entryIndex) {
    this.entryIndex = entryIndex;
    return this;
  }

  public ProgressBuilder weight(Weight weight) {
    this.weight = weight;
    return this;
  }

  public ProgressBuilder startedAt(@Nullable Instant startedAt) {
    this.startedAt = startedAt;
    return this;
  }

  public ProgressBuilder stepStartedAt(@Nullable Instant stepStartedAt) {
    this.stepStartedAt = stepStartedAt;
    return this;
  }

  public ProgressBuilder nextStepAt(@Nullable Instant nextStepAt) {
    this.nextStepAt = nextStepAt;
    return this;
  }

  public ProgressBuilder progressSince(@Nullable Instant progressSince) {
    this.progressSince = progressSince;
    return this;
  }

  public ProgressBuilder pause(@Nullable Pause pause) {
    this.pause = pause;
    return this;
  }

  public ProgressBuilder excused(Set<String> excused) {
    this.excused = excused;
    return this;
  }

  public ProgressBuilder actions(List<RecordedAction> actions) {
    this.actions = actions;
    return this;
  }

  /** Adds an action whose effect this progress carries. */
  public ProgressBuilder record(RecordedAction action) {
    actions = Stream.concat(actions.stream(), Stream.of(action)).toList();
    return this;
  }

  /**
   * Sets the rejection of a release, newest first; the desired release's own is never pushed out.
   */
  public ProgressBuilder reject(Rejection rejection) {
    liftRejection(rejection.release());
    List<Rejection> all = new ArrayList<>(rejected);
    all.addFirst(rejection);
    for (int last = all.size() - 1; all.size() > KEPT; last--) {
      if (!Objects.equals(all.get(last).release(), desired)) {
        all.remove(last);
      }
    }
    rejected = all;
    return this;
  }

  /** Retry lifts it. */
  public ProgressBuilder liftRejection(ReleaseId release) {
    rejected = rejected.stream().filter(one -> !one.release().equals(release)).toList();
    return this;
  }

  public ProgressBuilder rejected(List<Rejection> rejected) {
    this.rejected = rejected;
    return this;
  }

  /** Adds how an attempt ended, newest first. */
  public ProgressBuilder remember(HistoryEntry entry) {
    history = Stream.concat(Stream.of(entry), history.stream()).toList();
    return this;
  }

  public ProgressBuilder history(List<HistoryEntry> history) {
    this.history = history;
    return this;
  }

  /** Keeps the newest 10 entries, and what the rollback window is judged by. */
  public ProgressBuilder trimHistory(int windowRevisions) {
    if (history.size() > KEPT) {
      List<HistoryEntry> all = history;
      List<HistoryEntry> window = PromotedReleases.window(all, stable, windowRevisions);
      Stream<HistoryEntry> judged =
          all.stream()
              .skip(KEPT)
              .filter(
                  entry ->
                      window.contains(entry)
                          || window.stream()
                              .map(one -> PromotedReleases.lastTry(all, one.release()))
                              .anyMatch(entry::equals));
      history = Stream.concat(all.stream().limit(KEPT), judged).toList();
    }
    return this;
  }

  public ProgressBuilder gatesOpenSince(@Nullable Instant gatesOpenSince) {
    this.gatesOpenSince = gatesOpenSince;
    return this;
  }

  public ProgressBuilder approvals(List<Approval> approvals) {
    this.approvals = approvals;
    return this;
  }

  /** Adds one person's agreement. */
  public ProgressBuilder approve(Approval approval) {
    approvals = Stream.concat(approvals.stream(), Stream.of(approval)).toList();
    return this;
  }

  /** The stage leaves this release. */
  public ProgressBuilder forgetApprovals(ReleaseId release) {
    approvals = approvals.stream().filter(one -> !one.release().equals(release)).toList();
    return this;
  }

  public ProgressBuilder side(Side side) {
    this.side = side;
    return this;
  }

  public Progress build() {
    return new Progress(
        phase,
        attempt,
        desired,
        candidate,
        stable,
        plan,
        entryIndex,
        weight,
        startedAt,
        stepStartedAt,
        nextStepAt,
        progressSince,
        pause,
        excused,
        actions,
        rejected,
        history,
        gatesOpenSince,
        approvals,
        side);
  }
}
