package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A gate that keeps traffic from moving, alarms and approvals aside; waiting for it is no lack of
 * progress.
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
    SLOT
  }

  /** The first that is closed for an attempt before traffic; absent when all of them are open. */
  static @Nullable ClosedGate beforeTraffic(Situation situation) {
    Gates gates = situation.seen().gates();
    ClosedGate soak = soak(situation);
    if (soak != null) {
      return soak;
    }
    if (gates.takenBackBy() != null) {
      return new ClosedGate(
          Kind.TAKEN_BACK,
          "waits: stage " + gates.takenBackBy() + " promoted this release and then rejected it",
          null);
    }
    if (!gates.window().open()) {
      return window(gates.window());
    }
    return gates.slot().free() ? null : new ClosedGate(Kind.SLOT, gates.slot().why(), null);
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
   */
  static @Nullable ClosedGate soak(Situation situation) {
    Gates.Soak soak = situation.seen().gates().soak();
    if (soak == null || !situation.seen().at().isBefore(soak.until()) || isInWindow(situation)) {
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

  private static boolean isInWindow(Situation situation) {
    Progress progress = situation.progress();
    ReleaseId release =
        progress.candidate() == null ? situation.desired() : progress.candidate().release();
    return release != null
        && PromotedReleases.isInWindow(progress, release, situation.seen().revisions().window());
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
