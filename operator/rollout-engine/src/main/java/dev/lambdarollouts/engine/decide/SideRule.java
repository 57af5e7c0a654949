package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Observation.PausedBy;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Side;
import dev.lambdarollouts.engine.progress.SideSetting;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for beside the release, once the stage stands on it: through the stages in their
 * order, held by windows and suspension, not by approvals. At rest, too, provisioned concurrency of
 * versions that do not serve goes.
 */
final class SideRule implements Rule {
  /** AWS takes minutes for provisioned concurrency. */
  static final Duration SETTLING = Duration.ofSeconds(10);

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!progress.phase().atRest() || !DriftRule.isWhereItShouldBe(situation)) {
      return null;
    }
    SortedSet<SideSetting> leftOver = BesideTheRelease.leftOver(progress);
    if (!leftOver.isEmpty() && situation.seen().paused() == null) {
      return takenBack(situation, leftOver.first());
    }
    if (!(situation.seen().desired() instanceof DesiredRelease.Known desired)
        || !BesideTheRelease.mayApply(progress, desired)
        || BesideTheRelease.isApplied(progress, desired.side())) {
      return null;
    }
    Step held = held(situation);
    return held != null ? held : apply(situation, desired);
  }

  /** True while something beside the release is still to be applied. */
  static boolean waits(Situation situation) {
    return situation.progress().phase() == StagePhase.SUCCEEDED
        && situation.seen().desired() instanceof DesiredRelease.Known desired
        && !BesideTheRelease.isApplied(situation.progress(), desired.side());
  }

  private static @Nullable Step held(Situation situation) {
    Progress progress = situation.progress();
    PausedBy paused = situation.seen().paused();
    if (paused != null) {
      boolean rollout = paused == PausedBy.ROLLOUT;
      return new Step(
          new Decision.Hold(),
          progress,
          (rollout ? "paused" : "suspended") + ": what is set beside the release waits",
          null,
          null,
          rollout ? "SpecPaused" : "StageSuspended");
    }
    if (situation.seen().stageBefore() instanceof StageBefore.NotThere(String stage, String why)) {
      return Step.hold(
          progress, "what is set beside the release waits for stage " + stage + ": " + why);
    }
    ClosedGate window = ClosedGate.window(situation);
    return window == null ? null : window.hold(progress, "what is set beside the release waits: ");
  }

  private static Step apply(Situation situation, DesiredRelease.Known desired) {
    Progress progress = situation.progress();
    VersionNumber serving = Objects.requireNonNull(progress.stable()).version();
    SortedSet<SideSetting> wanted = desired.side().settings(serving);
    for (SideSetting one : progress.side().set()) {
      if (staysOnAnEarlierVersion(one, serving)) {
        return Step.become(
            progress.with().side(progress.side().without(one)).build(), one + " stays as it is");
      }
      if (!wanted.contains(one)) {
        return takenBack(situation, one);
      }
    }
    Step unsettled = settled(situation, wanted);
    return unsettled != null
        ? unsettled
        : Step.become(
            progress
                .with()
                .side(
                    desired.side().hash() == null
                        ? Side.NONE
                        : Side.applied(desired.side().hash(), wanted))
                .build(),
            wanted.isEmpty() ? "nothing is set beside the release" : "set: " + text(wanted));
  }

  /** What one may go back to runs on as it ran; it costs nothing. */
  private static boolean staysOnAnEarlierVersion(SideSetting one, VersionNumber serving) {
    return one.kind() == SideSetting.Kind.RUNTIME_MANAGEMENT && !serving.equals(one.version());
  }

  private static Step takenBack(Situation situation, SideSetting one) {
    Progress progress = situation.progress();
    SideFact.State state = state(situation, one);
    String what = "takes back " + one;
    if (state == null) {
      return unseen(situation, what);
    }
    return state == SideFact.State.ABSENT
        ? Step.become(
            progress.with().side(progress.side().without(one)).build(), one + " is taken back")
        : Step.act(
            new Decision.TakeBack(one),
            progress.with().side(progress.side().inChange()).build(),
            what);
  }

  /** What has to happen before all of these are as wanted; absent when they are. */
  private static @Nullable Step settled(Situation situation, SortedSet<SideSetting> wanted) {
    Progress progress = situation.progress();
    for (SideSetting one : wanted) {
      SideFact.State state = state(situation, one);
      if (state == null) {
        return unseen(situation, "sets " + one);
      }
      switch (state) {
        case AS_WANTED -> {}
        case ABSENT, OTHER -> {
          return Step.act(
              new Decision.SetBeside(one),
              progress.with().side(aboutToSet(progress.side(), one, state)).build(),
              "sets " + one);
        }
        case IN_PROGRESS -> {
          return Step.holdUntil(progress, situation.seen().at().plus(SETTLING), "waits for " + one);
        }
        case FAILED -> {
          return Step.stalled(
              progress,
              "ProvisionedConcurrencyFailed",
              "AWS could not provide "
                  + one
                  + ((SideFact.Seen) situation.seen().side()).failures().getOrDefault(one, "")
                  + ": mend that, or ask for another number in the LambdaStage's"
                  + " spec.provisionedConcurrency");
        }
      }
    }
    return null;
  }

  /**
   * Recorded first: what Git takes out a moment later was set here, and has to go. What somebody
   * else had set is ours only once AWS has taken our value: were that refused, theirs would go.
   */
  private static Side aboutToSet(Side side, SideSetting one, SideFact.State state) {
    boolean ours =
        state == SideFact.State.ABSENT || one.kind() == SideSetting.Kind.PROVISIONED_CONCURRENCY;
    return ours ? side.with(one) : side.inChange();
  }

  private static SideFact.@Nullable State state(Situation situation, SideSetting one) {
    return situation.seen().side() instanceof SideFact.Seen seen ? seen.states().get(one) : null;
  }

  private static Step unseen(Situation situation, String what) {
    String why =
        situation.seen().side() instanceof SideFact.Unknown(var failure)
            ? ": cannot see how it stands (" + failure + ")"
            : ": looks how it stands";
    return Step.hold(situation.progress(), what + why);
  }

  private static String text(SortedSet<SideSetting> settings) {
    return String.join(", ", settings.stream().map(SideSetting::toString).toList());
  }
}
