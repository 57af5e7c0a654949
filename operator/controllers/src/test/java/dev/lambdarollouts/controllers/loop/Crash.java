package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.engine.fact.AwsFailure;
import org.jspecify.annotations.Nullable;

/**
 * Counts every call that crosses a border, and ends the process at one of them. Polls of alarms do
 * not count: between two other calls there are dozens, all alike.
 */
final class Crash implements Interference {
  private final int at;
  private final boolean afterEffect;
  private int calls;
  private String where = "";

  /**
   * @param at number of the call, from 1; 0: never
   * @param afterEffect the call had its effect, and its reply never comes
   */
  Crash(int at, boolean afterEffect) {
    this.at = at;
    this.afterEffect = afterEffect;
  }

  /** Calls so far. */
  int calls() {
    return calls;
  }

  /** For people: which call it was. */
  String where() {
    return "call " + at + " (" + where + "), " + (afterEffect ? "after" : "before") + " its effect";
  }

  @Override
  public @Nullable AwsFailure before(String call) {
    if (isPoll(call)) {
      return null;
    }
    calls++;
    if (calls == at) {
      where = call;
      if (!afterEffect) {
        throw new DiesAt.Death(where());
      }
    }
    return null;
  }

  @Override
  public @Nullable AwsFailure after(String call) {
    if (calls == at && afterEffect && !isPoll(call)) {
      throw new DiesAt.Death(where());
    }
    return null;
  }

  private static boolean isPoll(String call) {
    return call.equals("DescribeAlarms");
  }
}
