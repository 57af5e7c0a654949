package dev.lambdarollouts.engine.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The one time of a process: what it is now, and when something is to happen. Real in production;
 * simulated time may run faster or only when a test moves it.
 */
public interface TimeSource extends InstantSource {

  /**
   * Runs something once at the given moment or as soon after as possible, on a thread of the time
   * source's choice; a moment that is past means now. The task must be short and must not throw.
   */
  Timer at(Instant moment, Runnable task);

  /**
   * Runs something once after a delay. Where the clock may be set, the delay is the true one: what
   * has to go on whatever the clock says is asked for with this.
   */
  default Timer after(Duration delay, Runnable task) {
    return at(instant().plus(delay), task);
  }

  /** Something that has been asked for and can be taken back. */
  interface Timer {
    /** Takes it back; without effect once it ran. */
    void cancel();
  }
}
