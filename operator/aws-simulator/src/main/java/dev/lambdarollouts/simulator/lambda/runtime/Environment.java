package dev.lambdarollouts.simulator.lambda.runtime;

/** One execution environment: it runs one invocation at a time and keeps its state between them. */
interface Environment extends AutoCloseable {

  /** Runs the handler within the execution's time-out. */
  Outcome run(Execution execution);

  /** Whether it can take this execution, warm; one that cannot is closed. */
  boolean fits(Execution execution);

  /** Ends it, also while it runs something. */
  @Override
  void close();
}
