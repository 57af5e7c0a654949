package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.function.Deployment;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.lambda.runtime.Environments;
import dev.lambdarollouts.simulator.lambda.runtime.Execution;
import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a deployment's code, or what is scripted in its place. A script for the function goes first,
 * then Java code, then the script for all others, then code in child processes.
 */
final class CodeRunner implements AutoCloseable {
  private static final int MOST_RESULT_BYTES = 6_291_556;

  private final ScriptedAnswers scripts;
  private final Map<Deployment, Environments> environments = new WeakHashMap<>();
  private boolean closed;

  CodeRunner(ScriptedAnswers scripts) {
    this.scripts = scripts;
  }

  Outcome run(Deployment deployment, Execution execution) {
    Function<Execution, Answer> script = scripts.scriptFor(execution.functionName());
    String runtime = deployment.setting("Runtime");
    if (script == null && !runtime.startsWith("java")) {
      script = scripts.otherwise();
    }
    if (script != null) {
      return limited(scripted(script, execution), execution);
    }
    Environments own = environments(deployment, runtime);
    return own == null ? cannotRun(runtime, execution) : sized(own.run(execution));
  }

  /** Ends all execution environments, those that run something too. */
  @Override
  public void close() {
    List<Environments> all;
    synchronized (environments) {
      closed = true;
      all = List.copyOf(environments.values());
    }
    all.forEach(Environments::close);
  }

  private @Nullable Environments environments(Deployment deployment, String runtime) {
    byte[] zip = deployment.code().zip();
    synchronized (environments) {
      Environments existing = environments.get(deployment);
      if (existing != null || zip == null || closed) {
        return existing;
      }
      Environments made = Environments.of(runtime, zip);
      if (made != null) {
        environments.put(deployment, made);
        deployment.whenRetired(made::retire);
      }
      return made;
    }
  }

  private static Outcome cannotRun(String runtime, Execution execution) {
    return Outcome.failed(
        "Simulator.CannotRun",
        "aws-simulator runs packages for Java, and for Node.js and Python where the machine has"
            + " 'node' or 'python3'; it cannot run "
            + (runtime.isEmpty() ? "an image" : runtime)
            + " here. Script an answer for function "
            + execution.functionName()
            + " through its Java API (lambda().answers()).",
        Duration.ofMillis(1));
  }

  /** A script that throws is a function that throws. */
  private static Outcome scripted(Function<Execution, Answer> script, Execution execution) {
    try {
      return script.apply(execution).outcome();
    } catch (RuntimeException e) {
      return Answer.error(e.getClass().getName(), String.valueOf(e.getMessage())).outcome();
    }
  }

  /** A scripted answer is bound by the function's time-out too. */
  private static Outcome limited(Outcome outcome, Execution execution) {
    Duration timeout = Duration.ofSeconds(execution.timeoutSeconds());
    return outcome.duration().compareTo(timeout) <= 0
        ? outcome
        : Outcome.timedOut(execution, outcome.log(), timeout);
  }

  private static Outcome sized(Outcome outcome) {
    if (outcome.payload().length <= MOST_RESULT_BYTES) {
      return outcome;
    }
    Outcome error =
        Outcome.failed(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size ("
                + MOST_RESULT_BYTES
                + " bytes).",
            outcome.duration());
    return new Outcome(
        error.payload(),
        error.functionError(),
        outcome.log(),
        outcome.duration(),
        outcome.init(),
        null);
  }
}
