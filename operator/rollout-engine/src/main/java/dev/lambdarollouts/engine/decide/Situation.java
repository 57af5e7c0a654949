package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks at: what is remembered, what was seen, and the few things that follow from
 * both.
 */
record Situation(Progress progress, Observation seen, AlarmHealth alarms) {

  Situation(Progress progress, Observation seen) {
    this(progress, seen, AlarmHealth.of(progress, seen));
  }

  AliasFact.@Nullable Present alias() {
    return seen.alias() instanceof AliasFact.Present present ? present : null;
  }

  @Nullable VersionNumber candidateVersion() {
    Candidate candidate = progress.candidate();
    return candidate == null ? null : candidate.version();
  }

  /** The release asked for, where it is known. */
  @Nullable ReleaseId desired() {
    return seen.desired() instanceof DesiredRelease.Known known ? known.id() : null;
  }

  /**
   * By the alias as read; where it could not be read, by what was recorded and what may have been
   * on its way: not where the attempt waits for a person from before that. Never false unless that
   * is certain.
   */
  boolean candidateMayHaveTraffic() {
    VersionNumber version = candidateVersion();
    if (version == null) {
      return false;
    }
    return switch (seen.alias()) {
      case AliasFact.Present present -> !present.target().weightOf(version).isNone();
      case AliasFact.Missing missing -> false;
      case AliasFact.Unknown unknown -> progress.mayHaveTraffic();
      case AliasFact.NotRead notRead -> progress.mayHaveTraffic();
    };
  }

  /**
   * Shifting is recorded, paused since or not, and the candidate has no traffic yet: a leader that
   * was deposed between decision and call may still send it. Only a write of ours, with which the
   * RevisionId becomes another, ends that.
   */
  boolean firstShiftMayBeOnItsWay() {
    return progress.activePhase() == StagePhase.SHIFTING
        && progress.weight().isNone()
        && progress.stable() != null
        && candidateVersion() != null
        && seen.alias() instanceof AliasFact.Present;
  }

  /** Where the alias is when the candidate has this weight. */
  AliasTarget targetAt(Weight weight) {
    VersionNumber candidate = candidateVersion();
    Stable stable = progress.stable();
    if (stable == null) {
      if (candidate == null) {
        throw new IllegalStateException("neither stable nor candidate has a version");
      }
      return AliasTarget.only(candidate);
    }
    return candidate == null
        ? AliasTarget.only(stable.version())
        : AliasTarget.split(stable.version(), candidate, weight);
  }

  /** The mark while the candidate is under way. */
  AliasMark markUnderWay() {
    return new AliasMark(seen.owner(), markedStable(), markedCandidate(), newestRejected());
  }

  /** The mark once the candidate is stable. */
  AliasMark markPromoted() {
    return new AliasMark(seen.owner(), markedCandidate(), null, newestRejected());
  }

  /** The mark once the candidate is taken back. */
  AliasMark markTakenBack() {
    Candidate candidate = progress.candidate();
    Rejection rejection = candidate == null ? null : progress.rejectionOf(candidate.release());
    return new AliasMark(
        seen.owner(),
        markedStable(),
        null,
        rejection == null || candidateVersion() == null ? newestRejected() : markedCandidate());
  }

  /** A rejection outlives the status; its version is known from the history, or from the mark. */
  private AliasMark.@Nullable Marked newestRejected() {
    AliasMark mark = alias() == null ? null : alias().mark();
    AliasMark.Marked marked = mark == null ? null : mark.rejected();
    for (Rejection rejection : progress.rejected()) {
      if (marked != null && rejection.release().equals(marked.release())) {
        return marked;
      }
      for (HistoryEntry entry : progress.history()) {
        if (entry.release().equals(rejection.release()) && entry.version() != null) {
          return new AliasMark.Marked(entry.version(), rejection.release());
        }
      }
    }
    return null;
  }

  private AliasMark.@Nullable Marked markedStable() {
    Stable stable = progress.stable();
    return stable == null ? null : new AliasMark.Marked(stable.version(), stable.release());
  }

  private AliasMark.@Nullable Marked markedCandidate() {
    Candidate candidate = progress.candidate();
    VersionNumber version = candidateVersion();
    return candidate == null || version == null
        ? null
        : new AliasMark.Marked(version, candidate.release());
  }

  /**
   * For messages that say something else, while the candidate may have traffic: what cannot be seen
   * of it at this moment. Empty when all is seen.
   */
  String unseen() {
    if (!candidateMayHaveTraffic()) {
      return "";
    }
    Stream<String> place =
        seen.alias() instanceof AliasFact.Unknown(var failure)
            ? Stream.of("cannot see where the alias is (" + failure + ")")
            : Stream.empty();
    Stream<String> health =
        alarms.why().isEmpty()
            ? seen.alarms().stream()
                .map(AlarmSample::unanswered)
                .filter(Objects::nonNull)
                .distinct()
                .map(why -> "the last poll of the alarms failed (" + why + ")")
            : Stream.of(alarms.why());
    return Stream.concat(place, health).map(what -> "; " + what).collect(Collectors.joining());
  }

  /** For messages: {@code version 8 (1.4.2)}. */
  String candidateText() {
    Candidate candidate = progress.candidate();
    if (candidate == null) {
      return "no candidate";
    }
    String version =
        candidate.version() == null
            ? "release " + candidate.release()
            : "version " + candidate.version();
    return candidate.name() == null ? version : version + " (" + candidate.name() + ")";
  }
}
