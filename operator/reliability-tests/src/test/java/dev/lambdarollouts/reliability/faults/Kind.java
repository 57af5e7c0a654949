package dev.lambdarollouts.reliability.faults;

/** Kinds of plans, as they are counted in docs/reliability.md. */
enum Kind {
  CRASH(
      "the process dies at a call, or in mid-pause; restarted with a cold and with a stale cache"),
  LOST_REPLY("the reply to a mutating call is lost"),
  THROTTLED(
      "429 on one call, on all for 10 s and 5 min; 5xx; endpoint down for a minute and an hour"),
  FOREIGN_WRITE("412 after our own write; somebody else writes the alias"),
  DENIED("403, expired credentials"),
  ALARMS("DescribeAlarms in part, late, not at all"),
  DOWNTIME("three hours without an operator, an alarm meanwhile"),
  CALLER("STS out, the role refused, or another account's credentials after a restart"),
  CLOCK("the clock jumps an hour; the next process' clock is 1 or 5 minutes off"),
  UNSEEN("an alarm in a gap of polling, or before it; the clock right, 30 s and 5 min off AWS'"),
  CLUSTER("409 on status; watch events held back, dropped, doubled; the API server down"),
  LEADERSHIP("another process takes over between decision and call"),
  SPEC_CHANGES("pairs of spec changes, apart and coalesced");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
