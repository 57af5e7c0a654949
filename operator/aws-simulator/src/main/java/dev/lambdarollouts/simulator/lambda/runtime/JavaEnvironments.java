package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The execution environments of one version: an idle one is used again, warm; when none is idle a
 * new one starts cold.
 */
public final class JavaEnvironments {
  private final byte[] zip;
  private final Deque<JavaEnvironment> idle = new ConcurrentLinkedDeque<>();

  public JavaEnvironments(byte[] zip) {
    this.zip = zip;
  }

  public Outcome run(Execution execution) {
    JavaEnvironment environment = idle.pollLast();
    if (environment == null) {
      try {
        environment = new JavaEnvironment(zip);
      } catch (IOException e) {
        return Outcome.failed(
            "Runtime.InvalidEntrypoint", "The package is unreadable", Duration.ZERO);
      }
    }
    Outcome outcome = environment.run(execution);
    if (!environment.broken()) {
      idle.addLast(environment);
    }
    return outcome;
  }
}
