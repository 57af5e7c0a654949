package dev.lambdarollouts.controllers.faults;

/** Kinds of plans, as they are counted. */
enum Kind {
  CRASH("the process dies at a call"),
  LOST_REPLY("the reply to a mutating call is lost"),
  THROTTLED("429, 5xx, endpoint down"),
  FOREIGN_WRITE("412, somebody else writes the alias"),
  DENIED("403, expired credentials"),
  ALARMS("DescribeAlarms in part, late, not at all"),
  DOWNTIME("three hours without an operator, an alarm meanwhile"),
  CALLER("STS out after a restart, an alarm meanwhile"),
  CLOCK("the clock jumps an hour"),
  CLUSTER("409, watch events held back, dropped, doubled"),
  LEADERSHIP("another process takes over between decision and call"),
  SPEC_CHANGES("pairs of changes, apart and coalesced");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
