package dev.lambdarollouts.app;

/** Why an operator that nobody closed does no more. */
public sealed interface UnexpectedEnd {

  /**
   * Another may act from now on: the process must not write anything more, and so has to go at
   * once, without waiting for what is under way.
   */
  record LeaseLost() implements UnexpectedEnd {}

  /** It got the Lease, and then could not begin its work. */
  record NotStarted(RuntimeException cause) implements UnexpectedEnd {}
}
