package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.ProgressBuilder;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * RollBack: a person's word that an earlier promoted version is to serve. Needs no window,
 * approval, unpaused or valid spec; what has the traffic is rejected, and the version to go back to
 * is stable from this moment on.
 */
final class GoingBack {
  private final Situation situation;
  private final Progress progress;
  private final boolean leavesCandidate;

  private GoingBack(Situation situation) {
    this.situation = situation;
    this.progress = situation.progress();
    boolean traffic = situation.candidateMayHaveTraffic() || situation.firstShiftMayBeOnItsWay();
    this.leavesCandidate =
        progress.phase() == StagePhase.ROLLING_BACK || (progress.phase().underWay() && traffic);
  }

  /** Where it leads to, or why not. */
  sealed interface Answer {
    record Goes(Progress progress, String message) implements Answer {}

    record Refused(String why) implements Answer {}
  }

  static Answer judge(OpenAction action, Situation situation) {
    return new GoingBack(situation).judge(action);
  }

  /** A person ordered it: the alias goes to stable, wherever it is. */
  static boolean isOrdered(Progress progress) {
    Candidate candidate = progress.candidate();
    Rejection rejection = candidate == null ? null : progress.rejectionOf(candidate.release());
    return rejection != null && rejection.cause().type() == Cause.Type.ROLL_BACK;
  }

  /** For the message of a blocked order, what another one could name; else empty. */
  static String waysOut(Situation situation) {
    String versions = isOrdered(situation.progress()) ? new GoingBack(situation).versions() : "";
    return versions.isEmpty()
        ? ""
        : "; a RollBack with spec.toVersion " + versions + " goes there instead";
  }

  private Answer judge(OpenAction action) {
    String another = OwnershipRule.otherOwner(situation);
    if (another != null) {
      return new Answer.Refused(another);
    }
    Stable stable = progress.stable();
    Candidate left = left();
    if (stable == null || left == null || left.version() == null || progress.isFirstRelease()) {
      return new Answer.Refused("no earlier promoted version is in history");
    }
    if (action.release() != null && !action.release().equals(left.release())) {
      return new Answer.Refused(
          "spec.release is "
              + action.release()
              + ", but the release that would lose its traffic is "
              + left.release());
    }
    VersionNumber wanted = action.toVersion();
    return wanted == null ? toTheLast(action, stable, left) : to(wanted, action, stable, left);
  }

  private Answer toTheLast(OpenAction action, Stable stable, Candidate left) {
    if (progress.phase() == StagePhase.ROLLING_BACK) {
      return new Answer.Refused(
          "the stage is going back to version " + stable.version() + " already" + others());
    }
    if (leavesCandidate) {
      return stable.release() == null
          ? new Answer.Refused(
              "version " + stable.version() + " was never promoted: Abort goes back to it")
          : goes(action, stable, left);
    }
    if (hasGoneBack()) {
      return new Answer.Refused(
          "the stage has already gone back: version " + stable.version() + " serves" + others());
    }
    List<HistoryEntry> earlier = earlier();
    return earlier.isEmpty()
        ? new Answer.Refused("no earlier promoted version is in history")
        : goes(action, stableOf(earlier.getFirst()), left);
  }

  private Answer to(VersionNumber wanted, OpenAction action, Stable stable, Candidate left) {
    boolean toStable =
        leavesCandidate
            && progress.phase() != StagePhase.ROLLING_BACK
            && stable.release() != null
            && stable.version().equals(wanted);
    if (toStable) {
      return goes(action, stable, left);
    }
    return earlier().stream()
        .filter(entry -> wanted.equals(entry.version()))
        .findFirst()
        .map(
            entry ->
                wanted.equals(left.version())
                    ? stays(action, stableOf(entry), left)
                    : goes(action, stableOf(entry), left))
        .orElseGet(
            () -> new Answer.Refused("version " + wanted + " is not one to go back to" + others()));
  }

  private String others() {
    String versions = versions();
    return versions.isEmpty()
        ? "; there is no other earlier promoted version"
        : "; earlier promoted versions for spec.toVersion are " + versions;
  }

  private String versions() {
    return earlier().stream()
        .map(entry -> String.valueOf(entry.version()))
        .collect(Collectors.joining(", "));
  }

  /** Promoted before and not rejected since, without what serves or is gone back to now. */
  private List<HistoryEntry> earlier() {
    Stable stable = progress.stable();
    return PromotedReleases.of(progress).stream()
        .filter(entry -> stable == null || !stable.version().equals(entry.version()))
        .filter(entry -> mayStay(entry) || isEarlier(entry))
        .toList();
  }

  /** A candidate that was promoted before walks its steps like any other. */
  private boolean isEarlier(HistoryEntry entry) {
    boolean isLeft =
        leavesCandidate && Objects.equals(entry.version(), situation.candidateVersion());
    return !isLeft && progress.rejectionOf(entry.release()) == null;
  }

  /**
   * A blocked order has moved nothing: what was stable when it came, and was rejected by it, has
   * its traffic still. Not so a candidate, whose steps nobody may skip like that.
   */
  private boolean mayStay(HistoryEntry entry) {
    AliasFact.Present alias = situation.alias();
    VersionNumber version = entry.version();
    Rejection rejection = progress.rejectionOf(entry.release());
    boolean isUnderWay =
        progress.plan() != null && Objects.equals(version, situation.candidateVersion());
    return isOrdered(progress)
        && RollingBackRule.isRefused(situation)
        && rejection != null
        && rejection.cause().type() == Cause.Type.ROLL_BACK
        && !isUnderWay
        && alias != null
        && version != null
        && !alias.target().weightOf(version).isNone();
  }

  /** Since the last promotion, or by it. */
  private boolean hasGoneBack() {
    return progress.history().stream()
        .filter(entry -> entry.isPromotion() || entry.isGoingBack())
        .findFirst()
        .map(HistoryEntry::isGoingBack)
        .orElse(false);
  }

  /** What has the traffic; absent where its release is not known. */
  private @Nullable Candidate left() {
    Stable stable = progress.stable();
    if (leavesCandidate || stable == null) {
      return progress.candidate();
    }
    HistoryEntry promoted = promotion(stable.version());
    ReleaseId release =
        stable.release() == null && promoted != null ? promoted.release() : stable.release();
    return release == null
        ? null
        : new Candidate(
            release,
            promoted == null ? null : promoted.releaseName(),
            stable.version(),
            progress.codeOfStable());
  }

  private @Nullable HistoryEntry promotion(VersionNumber version) {
    return PromotedReleases.of(progress).stream()
        .filter(entry -> version.equals(entry.version()))
        .findFirst()
        .orElse(null);
  }

  private static Stable stableOf(HistoryEntry entry) {
    return new Stable(Objects.requireNonNull(entry.version()), entry.release());
  }

  private Answer goes(OpenAction action, Stable target, Candidate left) {
    String message = "rolled back to version " + target.version() + by(action);
    Cause cause = new Cause(Cause.Type.ROLL_BACK, null, message);
    ProgressBuilder to = leavesCandidate ? fromCandidate(target, cause) : fromStable(left);
    return new Answer.Goes(
        withoutRejection(to, target)
            .phase(StagePhase.ROLLING_BACK)
            .stable(target)
            .reject(rejection(left.release(), cause))
            .pause(null)
            .nextStepAt(null)
            .build(),
        message);
  }

  /** The order is taken back before it moved anything: as after the promotion of what serves. */
  private Answer stays(OpenAction action, Stable serving, Candidate left) {
    return new Answer.Goes(
        withoutRejection(progress.with(), serving)
            .phase(StagePhase.SUCCEEDED)
            .stable(serving)
            .candidate(new Candidate(left.release(), left.name(), null, left.codeSha256()))
            .build(),
        "stays on version " + serving.version() + by(action));
  }

  /** Whoever names a version to serve wants its release. */
  private static ProgressBuilder withoutRejection(ProgressBuilder to, Stable wanted) {
    return wanted.release() == null ? to : to.liftRejection(wanted.release());
  }

  private static String by(OpenAction action) {
    return " by " + action.by() + ActionJudge.because(action);
  }

  /** Stable's own release goes with the candidate where its traffic is taken away too. */
  private ProgressBuilder fromCandidate(Stable target, Cause cause) {
    ProgressBuilder to = progress.with();
    Stable stable = progress.stable();
    if (stable == null || stable.equals(target) || !mayHaveTraffic(stable.version())) {
      return to;
    }
    return stable.release() == null ? to : to.reject(rejection(stable.release(), cause));
  }

  private ProgressBuilder fromStable(Candidate left) {
    Instant at = situation.seen().at();
    Progress ended = progress.phase().underWay() ? Attempt.drop(progress, at) : progress;
    HistoryEntry promoted = promotion(Objects.requireNonNull(left.version()));
    return ended
        .with()
        .candidate(left)
        .plan(null)
        .entryIndex(0)
        .weight(Weight.ALL)
        .startedAt(promoted == null ? null : promoted.startedAt())
        .stepStartedAt(null)
        .progressSince(null)
        .excused(Set.of());
  }

  private boolean mayHaveTraffic(VersionNumber version) {
    return switch (situation.seen().alias()) {
      case AliasFact.Present present -> !present.target().weightOf(version).isNone();
      case AliasFact.Missing missing -> false;
      case AliasFact.Unknown unknown -> true;
      case AliasFact.NotRead notRead -> true;
    };
  }

  private Rejection rejection(ReleaseId release, Cause cause) {
    return new Rejection(release, situation.seen().at(), StagePhase.ROLLED_BACK, cause);
  }
}
