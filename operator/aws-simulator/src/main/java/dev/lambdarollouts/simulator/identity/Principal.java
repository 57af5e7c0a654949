package dev.lambdarollouts.simulator.identity;

/**
 * A caller of AWS.
 *
 * @param kind what its credentials are: a session is bound by STS' rules for role chaining, and a
 *     running function must not wait for the event that runs it
 */
public record Principal(String account, String arn, String userId, Kind kind) {

  /** Where a caller's credentials came from. */
  public enum Kind {
    LONG_LIVED,
    ASSUMED_ROLE,
    RUNNING_FUNCTION
  }

  /** The user that owns an account's long-lived keys here. */
  public static Principal user(String account) {
    return new Principal(
        account,
        "arn:aws:iam::" + account + ":user/simulator",
        "AIDASIMULATOR" + account.substring(4),
        Kind.LONG_LIVED);
  }
}
