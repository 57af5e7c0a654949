package dev.lambdarollouts.reliability.faults;

import java.util.function.IntFunction;

/**
 * One telling to be: which plot, what goes wrong, from which call on, and what must hold at the
 * end. Named by its text.
 *
 * @param at number of the call (or scene) at which it goes wrong; 0: nothing does
 * @param call for people: which call that is in the undisturbed story
 */
record FaultPlan(
    Kind kind,
    Plot plot,
    String what,
    int at,
    String call,
    IntFunction<Fault> fault,
    Promise promise) {

  /** {@code canary / lost reply at 7 UpdateAlias}. */
  @Override
  public String toString() {
    return plot + " / " + what + (at == 0 ? "" : " at " + at + " " + call);
  }

  /**
   * Tells it.
   *
   * @param traced with every call, for people
   */
  Telling.Outcome run(Ending undisturbed, boolean traced) {
    return new Telling(plot, fault.apply(at), traced).tell(promise, undisturbed);
  }
}
