package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.stage.LambdaStageSpec.OnWindowClose;
import dev.lambdarollouts.crds.stage.PromotionWindow;
import dev.lambdarollouts.crds.stage.PromotionWindow.Kind;
import dev.lambdarollouts.engine.fact.Gates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the promotion windows of a stage say at a moment: Deny wins over Allow, none means always.
 * Worked out once and kept until it changes, per list of windows.
 */
public final class PromotionCalendar {
  /** Lists of windows; a stage has one. */
  private static final int KEPT = 1_000;

  /** Ends and openings that are looked through for the next change; years of daily windows. */
  private static final int MOST_CHANGES = 2_000;

  private final Map<List<PromotionWindow>, Kept> kept = new Lately<>(KEPT);

  private record Kept(Instant from, @Nullable Instant until, Gates.Window window) {
    boolean isOf(Instant moment) {
      return !moment.isBefore(from) && (until == null || moment.isBefore(until));
    }
  }

  /**
   * What is read of a window holds until it says: openings that run into each other for ever are
   * followed once, not anew at every change of another window.
   */
  private static final class Followed {
    final CronWindow window;
    private CronWindow.@Nullable Reading last;

    Followed(CronWindow window) {
      this.window = window;
    }

    /** Asked for moments that only grow. */
    CronWindow.Reading at(Instant moment) {
      CronWindow.Reading now = last;
      if (now == null || (now.until() != null && !moment.isBefore(now.until()))) {
        now = window.at(moment);
        last = now;
      }
      return now;
    }
  }

  /** All windows at one moment, and until when it is known. */
  private record Stand(boolean open, String why, @Nullable Instant until, boolean exact) {}

  /**
   * Says it.
   *
   * @param windows those that cannot be used count as not there: the spec is refused for them
   */
  public Gates.Window at(List<PromotionWindow> windows, OnWindowClose onClose, Instant moment) {
    if (windows.isEmpty()) {
      return Gates.Window.ALWAYS;
    }
    Kept now;
    synchronized (kept) {
      now = kept.get(windows);
      if (now == null || !now.isOf(moment)) {
        now = read(windows, moment);
        kept.put(windows, now);
      }
    }
    Gates.Window window = now.window();
    return new Gates.Window(
        window.open(),
        window.nextChange(),
        window.why(),
        switch (onClose) {
          case HOLD -> Gates.OnClose.HOLD;
          case FINISH -> Gates.OnClose.FINISH;
        });
  }

  private static Kept read(List<PromotionWindow> windows, Instant moment) {
    List<Followed> usable = new ArrayList<>();
    for (PromotionWindow window : windows) {
      try {
        usable.add(new Followed(CronWindow.of(window)));
      } catch (CronWindow.Unusable refused) {
        // The spec is refused for it: nothing moves.
      }
    }
    Stand now = stand(usable, moment);
    Stand later = now;
    for (int changes = 0; changes < MOST_CHANGES && later.until() != null; changes++) {
      Instant at = later.until();
      if (!later.exact()) {
        // Nothing changes before then, and what comes after was not looked at.
        return new Kept(moment, at, window(now, null));
      }
      later = stand(usable, at);
      if (later.open() != now.open()) {
        return new Kept(moment, at, window(now, at));
      }
    }
    return new Kept(moment, later.until(), window(now, null));
  }

  private static Gates.Window window(Stand now, @Nullable Instant nextChange) {
    return new Gates.Window(now.open(), nextChange, now.why(), Gates.OnClose.HOLD);
  }

  private static Stand stand(List<Followed> windows, Instant moment) {
    Instant until = null;
    boolean exact = true;
    boolean anyAllow = false;
    boolean allowed = false;
    String denied = null;
    for (Followed followed : windows) {
      CronWindow window = followed.window;
      CronWindow.Reading reading = followed.at(moment);
      if (reading.until() != null && (until == null || reading.until().isBefore(until))) {
        until = reading.until();
        exact = reading.exact();
      }
      if (window.kind() == Kind.ALLOW) {
        anyAllow = true;
        allowed |= reading.open();
      } else if (reading.open() && denied == null) {
        denied = "Deny " + window.name();
      }
    }
    if (denied != null) {
      return new Stand(false, denied, until, exact);
    }
    boolean open = allowed || !anyAllow;
    return new Stand(open, open ? "" : "no Allow window is open", until, exact);
  }

  /** Refuses windows that cannot be used or never open. */
  static void check(@Nullable List<PromotionWindow> windows, FieldPath stage, Findings findings) {
    if (windows == null) {
      return;
    }
    for (int index = 0; index < windows.size(); index++) {
      try {
        CronWindow.of(windows.get(index));
      } catch (CronWindow.Unusable unusable) {
        findings.invalid(
            stage.at("promotionWindows").at(index).at(unusable.field()), unusable.problem());
      }
    }
  }
}
