package dev.lambdarollouts.engine.port;

/** Which AWS call goes first where not all can; in this order. */
public enum Urgency {
  ROLLBACK,
  SHIFT,
  DEPLOY,
  DRIFT_CHECK,
  CLEAN_UP
}
