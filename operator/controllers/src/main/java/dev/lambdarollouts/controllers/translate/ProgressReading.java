package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.rollout.ActionRecord;
import dev.lambdarollouts.crds.rollout.AlarmStatus;
import dev.lambdarollouts.crds.rollout.ApprovalStatus;
import dev.lambdarollouts.crds.rollout.PauseStatus;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Approval;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Side;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a stage's status; whatever is not understood is an {@link UnreadableException}. */
final class ProgressReading {
  /** A release, algorithm number first (api.md, Release, attempt, marks). */
  private static final Pattern RELEASE = Pattern.compile("\\d+-[0-9a-z]+");

  /** Lambda API, Version. */
  private static final Pattern VERSION = Pattern.compile("\\$LATEST|[1-9]\\d*");

  private final StageStatus status;
  private final String at;

  private ProgressReading(StageStatus status) {
    this.status = status;
    this.at = field(status.name());
  }

  /** How a message names the entry of a stage. */
  static String field(String stageName) {
    return "status.stages[" + stageName + "]";
  }

  static Progress read(StageStatus status) throws UnreadableException {
    ProgressReading reading = new ProgressReading(status);
    return reading.consistent(reading.progress());
  }

  /** What no rule could go on from was written by somebody else. */
  private Progress consistent(Progress progress) throws UnreadableException {
    Candidate candidate = progress.candidate();
    if (progress.phase() == StagePhase.PAUSED && progress.pause() == null) {
      throw new UnreadableException(at("pause"), "is missing, and the phase is Paused");
    }
    if (progress.phase() == StagePhase.ROLLING_BACK
        && (progress.stable() == null || candidate == null || candidate.version() == null)) {
      throw new UnreadableException(
          at("phase"), "found RollingBack without stableVersion, release or canaryVersion");
    }
    return progress;
  }

  private Progress progress() throws UnreadableException {
    return new Progress(
        phase(status.phase(), "phase"),
        count(status.attempt(), "attempt"),
        release(status.desiredRelease(), "desiredRelease"),
        candidate(),
        stable(),
        plan(),
        count(status.currentStepIndex(), "currentStepIndex"),
        weight(),
        status.startedAt(),
        status.stepStartedAt(),
        status.nextStepAt(),
        status.progressSince(),
        pause(),
        excused(),
        actions(),
        rejected(),
        history(),
        status.gatesOpenSince(),
        approvals(),
        side());
  }

  private Side side() throws UnreadableException {
    Side side = Side.parse(status.sideHash());
    if (side == null) {
      throw found("sideHash", status.sideHash(), "a hash and what is set, as this operator writes");
    }
    return side;
  }

  private List<Approval> approvals() throws UnreadableException {
    List<Approval> approvals = new ArrayList<>();
    for (ApprovalStatus one : status.approvals()) {
      String field = "approvals[" + approvals.size() + "].release";
      approvals.add(new Approval(requiredRelease(one.release(), field), one.by(), one.at()));
    }
    return approvals;
  }

  private String at(String field) {
    return at + "." + field;
  }

  private UnreadableException found(String field, @Nullable Object value, String expected) {
    return new UnreadableException(at(field), "found " + value + "; expected " + expected);
  }

  private int count(@Nullable Integer value, String field) throws UnreadableException {
    if (value != null && value < 0) {
      throw found(field, value, "0 or more");
    }
    return value == null ? 0 : value;
  }

  private StagePhase phase(dev.lambdarollouts.crds.rollout.StagePhase phase, String field)
      throws UnreadableException {
    return StatusWords.read(StagePhase.class, phase.toString(), at(field));
  }

  private @Nullable ReleaseId release(@Nullable String text, String field)
      throws UnreadableException {
    if (text != null && !RELEASE.matcher(text).matches()) {
      throw found(field, text, "a release like 1-5f1c9a0b7d");
    }
    return text == null ? null : new ReleaseId(text);
  }

  private ReleaseId requiredRelease(String text, String field) throws UnreadableException {
    return Objects.requireNonNull(release(text, field));
  }

  private @Nullable VersionNumber version(@Nullable String text, String field)
      throws UnreadableException {
    if (text != null && !VERSION.matcher(text).matches()) {
      throw found(field, text, "a version like 7");
    }
    return text == null ? null : new VersionNumber(text);
  }

  private @Nullable Candidate candidate() throws UnreadableException {
    ReleaseId release = release(status.release(), "release");
    VersionNumber version = version(status.canaryVersion(), "canaryVersion");
    if (release != null) {
      return new Candidate(release, status.releaseName(), version, status.codeSha256());
    }
    if (version != null) {
      throw found("canaryVersion", version, "release beside it");
    }
    if (status.releaseName() != null || status.codeSha256() != null) {
      throw new UnreadableException(
          at("release"), "is missing, but releaseName or codeSha256 of a release is there");
    }
    return null;
  }

  private @Nullable Stable stable() throws UnreadableException {
    ReleaseId release = release(status.stableRelease(), "stableRelease");
    VersionNumber version = version(status.stableVersion(), "stableVersion");
    if (version != null) {
      return new Stable(version, release);
    }
    if (release != null) {
      throw found("stableRelease", release, "stableVersion beside it");
    }
    return null;
  }

  private @Nullable Plan plan() throws UnreadableException {
    return status.plan() == null ? null : PlanTranslation.read(status.plan(), at("plan"));
  }

  private Weight weight() throws UnreadableException {
    String text = status.weight();
    if (text == null) {
      return Weight.NONE;
    }
    try {
      return Weight.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw found("weight", text, "a share like 30% or 0.5%");
    }
  }

  private @Nullable Pause pause() throws UnreadableException {
    PauseStatus pause = status.pause();
    return pause == null
        ? null
        : new Pause(
            StatusWords.read(Pause.Reason.class, pause.reason(), at("pause.reason")),
            phase(pause.from(), "pause.from"),
            pause.since(),
            pause.until());
  }

  private Set<String> excused() {
    return status.alarms().stream()
        .filter(AlarmStatus::excused)
        .map(AlarmStatus::name)
        .collect(Collectors.toSet());
  }

  private List<RecordedAction> actions() throws UnreadableException {
    List<RecordedAction> actions = new ArrayList<>();
    for (ActionRecord action : status.actions()) {
      actions.add(
          new RecordedAction(
              action.uid(),
              StatusWords.read(
                  OpenAction.Verb.class,
                  action.action().toString(),
                  at("actions[" + action.uid() + "].action")),
              Objects.requireNonNullElse(action.by(), ""),
              action.at(),
              count(action.attempt(), "actions[" + action.uid() + "].attempt"),
              action.note()));
    }
    return actions;
  }

  private List<Rejection> rejected() throws UnreadableException {
    List<Rejection> rejected = new ArrayList<>();
    for (RejectedRelease one : status.rejectedReleases()) {
      String field = "rejectedReleases[" + rejected.size() + "]";
      rejected.add(
          new Rejection(
              requiredRelease(one.release(), field + ".release"),
              one.at(),
              rejectionPhase(one, field + ".phase"),
              cause(one.cause(), field + ".cause")));
    }
    return rejected;
  }

  private StagePhase rejectionPhase(RejectedRelease one, String field) throws UnreadableException {
    StagePhase phase = phase(one.phase(), field);
    if (!phase.isRejection()) {
      throw found(field, phase, "RolledBack, Rejected or Failed");
    }
    return phase;
  }

  private Cause cause(dev.lambdarollouts.crds.rollout.@Nullable Cause cause, String field)
      throws UnreadableException {
    if (cause == null) {
      throw new UnreadableException(at(field), "is missing");
    }
    return new Cause(
        StatusWords.read(Cause.Type.class, cause.type(), at(field + ".type")),
        cause.name(),
        Objects.requireNonNullElse(cause.message(), ""));
  }

  private List<HistoryEntry> history() throws UnreadableException {
    List<HistoryEntry> history = new ArrayList<>();
    for (var entry : status.history()) {
      String field = "history[" + history.size() + "]";
      history.add(
          new HistoryEntry(
              requiredRelease(entry.release(), field + ".release"),
              entry.releaseName(),
              version(entry.version(), field + ".version"),
              entry.startedAt(),
              entry.finishedAt(),
              StatusWords.read(
                  HistoryEntry.Outcome.class, entry.outcome().toString(), at(field + ".outcome")),
              entry.cause(),
              entry.by()));
    }
    return history;
  }
}
