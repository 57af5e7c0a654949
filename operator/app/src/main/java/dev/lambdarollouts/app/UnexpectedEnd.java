package dev.lambdarollouts.app;

/** Why an operator that nobody closed does no more. */
public sealed interface UnexpectedEnd {

  /**
   * Another may act from now on: the process must not write anything more, and so has to go at
   * once, without waiting for what is under way.
   */
  record LeaseLost() implements UnexpectedEnd {}

  /** It has the Lease, and cannot begin or cannot go on. Close it, so that another may try. */
  record Failed(RuntimeException cause) implements UnexpectedEnd {}
}
