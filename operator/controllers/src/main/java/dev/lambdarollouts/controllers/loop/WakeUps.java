package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes objects when it is time: at most one timer for each, the last one asked for. Nothing is
 * lost with it: every moment follows from what is recorded.
 */
public final class WakeUps {
  private final TimeSource time;
  private final Consumer<ObjectKey> wake;
  private final Map<ObjectKey, Pending> pending = new HashMap<>();

  private record Pending(Instant moment, TimeSource.Timer timer) {}

  /**
   * @param wake called from any thread; short
   */
  public WakeUps(TimeSource time, Consumer<ObjectKey> wake) {
    this.time = time;
    this.wake = wake;
  }

  /** Wakes it at this moment and at no other that was asked for before; absent: at none. */
  public synchronized void at(ObjectKey rollout, @Nullable Instant moment) {
    Pending before = pending.get(rollout);
    if (before != null && before.moment.equals(moment)) {
      return;
    }
    if (before != null) {
      before.timer.cancel();
      pending.remove(rollout);
    }
    if (moment != null) {
      pending.put(rollout, new Pending(moment, time.at(moment, () -> due(rollout, moment))));
    }
  }

  /** It is gone. */
  public void forget(ObjectKey rollout) {
    at(rollout, null);
  }

  private void due(ObjectKey rollout, Instant moment) {
    synchronized (this) {
      Pending now = pending.get(rollout);
      if (now == null || !now.moment.equals(moment)) {
        return;
      }
      pending.remove(rollout);
    }
    wake.accept(rollout);
  }
}
