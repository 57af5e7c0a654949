package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A gate that keeps traffic from moving, alarms aside; waiting for it is no lack of progress.
 *
 * @param why for people
 * @param opensAt when it is worth another look; absent when only an event can open it
 */
record ClosedGate(Kind kind, String why, @Nullable Instant opensAt) {

  /** What is waited for. */
  enum Kind {
    SOAK,
    TAKEN_BACK,
    WINDOW,
    SLOT,
    APPROVAL
  }

  /**
   * The first that is closed for an attempt before traffic, approval aside, which has a phase of
   * its own; absent when all of them are open.
   */
  static @Nullable ClosedGate beforeTraffic(Situation situation) {
    Gates gates = situation.seen().gates();
    ClosedGate closed = butSlot(situation);
    return closed != null || gates.slot().free()
        ? closed
        : new ClosedGate(Kind.SLOT, gates.slot().why(), null);
  }

  /**
   * The first that is closed for an attempt whose Shifting is recorded and whose candidate has no
   * traffic yet: its slot is taken, all others have to hold still.
   */
  static @Nullable ClosedGate beforeFirstShift(Situation situation) {
    ClosedGate closed = butSlot(situation);
    String unapproved = closed == null ? ApprovalGate.missing(situation) : null;
    return unapproved == null ? closed : new ClosedGate(Kind.APPROVAL, unapproved, null);
  }

  private static @Nullable ClosedGate butSlot(Situation situation) {
    Gates gates = situation.seen().gates();
    Candidate candidate = situation.progress().candidate();
    ClosedGate soak = soak(situation, candidate == null ? null : candidate.release());
    if (soak != null) {
      return soak;
    }
    if (gates.takenBackBy() != null) {
      return new ClosedGate(
          Kind.TAKEN_BACK,
          "waits: stage " + gates.takenBackBy() + " promoted this release and then rejected it",
          null);
    }
    return window(situation);
  }

  /** The window, for what is no canary under way; absent when it is open. */
  static @Nullable ClosedGate window(Situation situation) {
    Gates.Window window = situation.seen().gates().window();
    return window.open() ? null : window(window);
  }

  /** The window, for a step of an attempt under way; absent when it may be taken. */
  static @Nullable ClosedGate inMidCourse(Situation situation) {
    Gates.Window window = situation.seen().gates().window();
    boolean trafficHasMoved = !situation.progress().weight().isNone();
    boolean finishes = trafficHasMoved && window.onClose() == Gates.OnClose.FINISH;
    return window.open() || finishes ? null : window(window);
  }

  /**
   * The stage before stands and has not stood for long enough; absent when it has, and for a
   * release of the rollback window.
   *
   * @param release that is to get traffic, or to become the candidate
   */
  static @Nullable ClosedGate soak(Situation situation, @Nullable ReleaseId release) {
    Gates.Soak soak = situation.seen().gates().soak();
    if (soak == null
        || !situation.seen().at().isBefore(soak.until())
        || isInWindow(situation, release)) {
      return null;
    }
    return new ClosedGate(
        Kind.SOAK,
        "waits until "
            + Moment.text(soak.until())
            + ": stage "
            + soak.stage()
            + " has to be stable for "
            + soak.required().toString().substring(2).toLowerCase(Locale.ROOT),
        soak.until());
  }

  private static boolean isInWindow(Situation situation, @Nullable ReleaseId release) {
    return release != null
        && PromotedReleases.isInWindow(
            situation.progress(), release, situation.seen().revisions().window());
  }

  /** The gate at which an attempt waits now, whatever its phase; absent when it waits at none. */
  static @Nullable ClosedGate of(Situation situation) {
    StagePhase phase = situation.progress().phase();
    return switch (phase) {
      case PRE_TRAFFIC, AWAITING_APPROVAL -> beforeTraffic(situation);
      case SHIFTING -> HoldsStepRule.closed(situation);
      default -> null;
    };
  }

  private static ClosedGate window(Gates.Window window) {
    String opens =
        window.nextChange() == null
            ? ", and never opens as the windows stand: correct spec.promotionWindows of the"
                + " LambdaStage"
            : ", opens at " + Moment.text(window.nextChange());
    return new ClosedGate(
        Kind.WINDOW, "the window is closed (" + window.why() + ")" + opens, window.nextChange());
  }

  /** Holds here, and tells what for. */
  Step hold(Progress progress, String prefix) {
    return new Step(
        new Decision.Hold(),
        progress,
        prefix + why,
        opensAt,
        null,
        kind == Kind.WINDOW ? "WindowClosed" : null);
  }
}
