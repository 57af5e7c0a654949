package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.SideSetting;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is asked for beside the release, against what is recorded of it. */
public final class BesideTheRelease {
  private BesideTheRelease() {}

  /** True when a stage that stands on this release has everything beside it too. */
  public static boolean isApplied(Progress progress, SideSettings wanted) {
    Stable stable = progress.stable();
    return stable != null
        && Objects.equals(progress.side().hash(), wanted.hash())
        && progress.side().set().equals(wanted.settings(stable.version()));
  }

  /** What of it has to be looked at in AWS before a decision; empty when nothing has. */
  public static SortedSet<SideSetting> toLookAt(Progress progress, DesiredRelease desired) {
    SortedSet<SideSetting> all = new TreeSet<>();
    if (progress.phase().atRest()) {
      all.addAll(leftOver(progress));
    }
    if (desired instanceof DesiredRelease.Known known) {
      SideSetting provision = toProvision(progress, known);
      if (provision != null) {
        all.add(provision);
      }
      if (mayApply(progress, known) && !isApplied(progress, known.side())) {
        all.addAll(progress.side().set());
        all.addAll(known.side().settings(Objects.requireNonNull(progress.stable()).version()));
      }
    }
    return all;
  }

  /** A stage whose desired release is not what it stands on keeps what it has. */
  static boolean mayApply(Progress progress, DesiredRelease.Known desired) {
    return progress.phase() == StagePhase.SUCCEEDED && progress.standsOn(desired.id());
  }

  /**
   * Before traffic the candidate gets its provisioned concurrency; absent where it needs none. It
   * is the LambdaStage's, whatever release is desired meanwhile.
   */
  static @Nullable SideSetting toProvision(Progress progress, DesiredRelease.Known desired) {
    Candidate candidate = progress.candidate();
    return progress.phase() == StagePhase.PRE_TRAFFIC
            && candidate != null
            && candidate.version() != null
            && desired.side().provisionedConcurrency() != null
        ? SideSetting.provisioned(candidate.version())
        : null;
  }

  /** Provisioned concurrency of versions that do not serve: it costs, and helps nobody. */
  static SortedSet<SideSetting> leftOver(Progress progress) {
    VersionNumber serving = progress.stable() == null ? null : progress.stable().version();
    SortedSet<SideSetting> rest = new TreeSet<>(progress.side().set());
    rest.removeIf(
        one ->
            one.kind() != SideSetting.Kind.PROVISIONED_CONCURRENCY
                || Objects.equals(one.version(), serving));
    return rest;
  }
}
